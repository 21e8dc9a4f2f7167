package madang.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.AuthenticationHandler;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.auth.PlainAuthenticationHandlerFactory;
import org.subethamail.smtp.server.SMTPServer;

/// A mail server and Twilio, as they are in the world: behind TLS. Their certificate is of a key
/// store of ours.
final class TlsVendors implements AutoCloseable {
    static final String PASSWORD = "p w+/%";

    /// A call as Twilio gets it.
    record Call(String path, String authorization, String contentType, String body) {}

    final SMTPServer startTls;
    final SMTPServer smtps;
    final SMTPServer plain;
    final HttpsServer twilio;
    final List<String> mails = new CopyOnWriteArrayList<>();
    final List<String> users = new CopyOnWriteArrayList<>();
    final List<Call> calls = new CopyOnWriteArrayList<>();

    TlsVendors(Path store, String storePassword) throws IOException, GeneralSecurityException {
        SSLContext tls = context(store, storePassword);
        startTls = mailServer().startTlsSocketFactory(tls).enableTLS().requireTLS().build();
        smtps = mailServer().serverSocketFactory(tls).build();
        plain = mailServer().hideTLS().build();
        twilio = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        twilio.setHttpsConfigurator(new HttpsConfigurator(tls));
        twilio.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        twilio.createContext("/2010-04-01/", this::carry);
        startTls.start();
        smtps.start();
        plain.start();
        twilio.start();
    }

    private SMTPServer.Builder mailServer() {
        return SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .authenticationHandlerFactory(new PlainAuthenticationHandlerFactory(this::login))
                .messageHandlerFactory(Arrival::new);
    }

    private void login(String user, String password, MessageContext context)
            throws LoginFailedException {
        users.add(user);
        if (!password.equals(PASSWORD)) {
            throw new LoginFailedException();
        }
    }

    private final class Arrival implements MessageHandler {
        private final MessageContext context;
        private String to = "";

        Arrival(MessageContext context) {
            this.context = context;
        }

        @Override
        public void from(String from) {
            // anybody may write
        }

        @Override
        public void recipient(String recipient) {
            to = recipient;
        }

        @Override
        public @Nullable String data(InputStream data) throws IOException {
            boolean isByOurUser =
                    context.getAuthenticationHandler()
                            .map(AuthenticationHandler::getIdentity)
                            .isPresent();
            mails.add(
                    to
                            + (isByOurUser ? " by a user\n" : "\n")
                            + new String(data.readAllBytes(), UTF_8));
            return null;
        }

        @Override
        public void done() {
            // nothing is open
        }
    }

    private void carry(HttpExchange call) throws IOException {
        calls.add(
                new Call(
                        call.getRequestURI().getRawPath(),
                        call.getRequestHeaders().getFirst("Authorization"),
                        call.getRequestHeaders().getFirst("Content-Type"),
                        new String(call.getRequestBody().readAllBytes(), UTF_8)));
        byte[] answer = "{\"sid\":\"SM1\",\"status\":\"queued\"}".getBytes(UTF_8);
        call.sendResponseHeaders(201, answer.length);
        call.getResponseBody().write(answer);
        call.close();
    }

    private static SSLContext context(Path store, String password)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(store.toFile())) {
            keys.load(in, password.toCharArray());
        }
        KeyManagerFactory ours =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        ours.init(keys, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(ours.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() {
        startTls.stop();
        smtps.stop();
        plain.stop();
        twilio.stop(0);
    }
}
