package madang.events;

import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Routes;
import madang.live.SocketMethods;

/// How somebody wishes to be reminded, over HTTP; and that he is, on his sockets.
final class ReminderApi {
    private static final String REMINDERS = "/api/v1/users/me/reminders";

    private final Reminders reminders;

    ReminderApi(Reminders reminders) {
        this.reminders = reminders;
    }

    void routes(Routes routes) {
        routes.get(REMINDERS, Access.USER, Limit.API, this::show)
                .summary("When and how I am reminded of my events")
                .answers(200, ReminderWish.class);
        routes.put(REMINDERS, Access.USER, Limit.API, ReminderWish.class, this::put)
                .summary("Be reminded three days and one day ahead or not, by mail too or not")
                .answers(200, ReminderWish.class);
    }

    void methods(SocketMethods methods) {
        methods.pushes(Reminders.PUSH, Reminders.Reminder.class, "An event begins in some days");
    }

    private ApiResponse show(ApiRequest request) {
        return ApiResponse.ok(reminders.wish(request.caller()));
    }

    private ApiResponse put(ApiRequest request, ReminderWish command) {
        return ApiResponse.ok(reminders.put(request.caller(), command));
    }
}
