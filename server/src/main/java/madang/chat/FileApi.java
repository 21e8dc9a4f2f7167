package madang.chat;

import static madang.chat.RoomApi.room;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import madang.chat.ChatViews.MessageView;
import madang.files.FileType;
import madang.files.Files;
import madang.files.FilesViews;
import madang.files.StoredFile;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Idempotency;
import madang.kit.http.Limit;
import madang.kit.http.Routes;
import madang.kit.http.Uploads;
import madang.kit.http.Uploads.Uploaded;
import org.jspecify.annotations.Nullable;

/// Files in rooms, over HTTP.
final class FileApi {
    private static final Set<FileType> ALL = EnumSet.allOf(FileType.class);

    private final Members members;
    private final Chat chat;
    private final Files files;
    private final Uploads uploads;
    private final Viewer viewer;

    FileApi(Members members, Chat chat, Files files, Uploads uploads, Viewer viewer) {
        this.members = members;
        this.chat = chat;
        this.files = files;
        this.uploads = uploads;
        this.viewer = viewer;
    }

    void routes(Routes routes) {
        routes.upload(
                        "/api/v1/chat/rooms/{room}/files",
                        Access.USER,
                        Limit.FILE_UPLOAD,
                        SendFile.class,
                        this::send)
                .summary("Show a room a file or a picture")
                .answers(201, MessageView.class);
        routes.get("/api/v1/chat/files/{file}", Access.USER, Limit.FILE_DOWNLOAD, this::whole)
                .summary("A file that a message shows; ranges and ETag are understood");
        routes.get(
                        "/api/v1/chat/files/{file}/thumbnail",
                        Access.USER,
                        Limit.FILE_DOWNLOAD,
                        this::thumbnail)
                .summary("A small picture of it, 480 pixels at most");
    }

    /// Who may not speak is refused before anything is read.
    private ApiResponse send(ApiRequest request) {
        members.requireSpeaker(request.caller(), room(request));
        try (Uploaded<SendFile> upload = uploads.read(request, SendFile.class)) {
            @Nullable String key = Idempotency.keyOf(request);
            Chat.Sent sent = chat.sendFile(request.caller(), room(request), upload, key, ALL);
            MessageView shown =
                    viewer.views(List.of(sent.message()), request.caller().user()).getFirst();
            return sent.isFresh()
                    ? ApiResponse.created(shown)
                    : ApiResponse.ok(shown).header("Idempotent-Replayed", "true");
        }
    }

    private ApiResponse whole(ApiRequest request) {
        return FilesViews.whole(request, files, file(request));
    }

    private ApiResponse thumbnail(ApiRequest request) {
        return FilesViews.thumbnail(request, files, file(request));
    }

    private StoredFile file(ApiRequest request) {
        return chat.file(request.caller(), request.id("file", "FILE_NOT_FOUND"));
    }
}
