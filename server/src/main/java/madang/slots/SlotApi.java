package madang.slots;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import madang.identity.Identity;
import madang.identity.UserView;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import madang.slots.SlotStore.Question;
import madang.slots.SlotViews.BookedEvent;
import madang.slots.SlotViews.BookedView;
import madang.slots.SlotViews.ClosedView;
import madang.slots.SlotViews.SeriesView;
import madang.slots.SlotViews.SlotView;
import org.jspecify.annotations.Nullable;

/// Slots over HTTP. Anybody may look; who wants a place says who he is.
final class SlotApi {
    private static final String SLOTS = "/api/v1/open-slots";
    private static final String SLOT = SLOTS + "/{slot}";
    private static final Param<String> REGION = Param.text("region");
    private static final Param<Category> CATEGORY = Param.choice("category", Category.class);
    private static final Param<Id<User>> HOST = Param.id("host");
    private static final Param<Instant> FROM = Param.time("from");
    private static final Param<Instant> TO = Param.time("to");
    private static final Param<YesOrNo> AVAILABLE_ONLY =
            Param.choice("available_only", YesOrNo.class, YesOrNo.FALSE);

    /// As an address spells a boolean.
    enum YesOrNo {
        TRUE,
        FALSE
    }

    private final Slots slots;
    private final Identity identity;
    private final InstantSource clock;

    SlotApi(Slots slots, Identity identity, InstantSource clock) {
        this.slots = slots;
        this.identity = identity;
        this.clock = clock;
    }

    void routes(Routes routes) {
        routes.get(SLOTS, Access.PUBLIC, Limit.API, this::list)
                .summary("Slots that are offered, the next first; without from those to come")
                .takes(REGION, CATEGORY, HOST, FROM, TO, AVAILABLE_ONLY)
                .answersPage(SlotView.class);
        routes.get(SLOTS + "/hosts/{username}", Access.PUBLIC, Limit.API, this::host)
                .summary("Whose booking page this is: who offers slots under this username")
                .answers(200, UserView.class);
        routes.post(SLOTS, Access.USER, Limit.API, PublishSlot.class, this::publish)
                .summary("Offer a slot; for the role BUSINESS or EXPERT")
                .answers(201, SlotView.class);
        routes.post(
                        SLOTS + "/series",
                        Access.USER,
                        Limit.API,
                        PublishSeries.class,
                        this::publishSeries)
                .summary("Offer slots by the hours of a week")
                .answers(201, SeriesView.class);
        routes.delete(SLOTS + "/series/{series}", Access.USER, Limit.API, this::closeSeries)
                .summary("Close those of a series in which nobody has a place")
                .answers(200, ClosedView.class);
        routes.get(SLOT, Access.PUBLIC, Limit.API, this::show)
                .summary("One slot")
                .answers(200, SlotView.class);
        routes.delete(SLOT, Access.USER, Limit.API, this::close)
                .summary("Close a slot of mine; what was booked is called off");
        routes.post(SLOT + "/hold", Access.USER, Limit.API, this::hold)
                .summary("Keep a place for me, for five minutes")
                .answers(200, SlotView.class);
        routes.post(SLOT + "/book", Access.USER, Limit.API, this::book)
                .summary("Book a place: an event with the host comes of it")
                .answers(201, BookedView.class);
        routes.delete(SLOT + "/booking", Access.USER, Limit.API, this::giveBack)
                .summary("Give my place back, held or booked");
    }

    private ApiResponse list(ApiRequest request) {
        @Nullable Id<User> reader = reader(request);
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<Slot> page =
                slots.list(
                        reader,
                        question(request),
                        cursor == null
                                ? null
                                : new SlotStore.Place(cursor.instant(0), cursor.id(1)),
                        request.require(Param.LIMIT));
        return ApiResponse.ok(new Page<>(views(page.items(), reader), page.nextCursor()));
    }

    /// Only who offers something just now: nobody learns here who has an account.
    private ApiResponse host(ApiRequest request) {
        return ApiResponse.ok(
                identity.byUsername(request.text("username"))
                        .filter(user -> slots.isOffering(user.id()))
                        .orElseThrow(() -> Failure.notFound("SLOT_HOST_NOT_FOUND")));
    }

    private Question question(ApiRequest request) {
        @Nullable Instant from = request.get(FROM);
        @Nullable Instant to = request.get(TO);
        Instant begin = from == null ? clock.instant() : from;
        if (to != null && to.isBefore(begin)) {
            throw Failure.invalid("to", "slot_to");
        }
        return new Question(
                request.get(REGION),
                request.get(CATEGORY),
                request.get(HOST),
                begin,
                to,
                request.require(AVAILABLE_ONLY) == YesOrNo.TRUE);
    }

    private ApiResponse publish(ApiRequest request, PublishSlot command) {
        return ApiResponse.created(view(request, slots.publish(request.member(), command)));
    }

    private ApiResponse publishSeries(ApiRequest request, PublishSeries command) {
        Slots.Published published = slots.publish(request.member(), command);
        return ApiResponse.created(new SeriesView(published.series(), published.count()));
    }

    private ApiResponse closeSeries(ApiRequest request) {
        return ApiResponse.ok(
                new ClosedView(
                        slots.closeFree(request.caller(), request.id("series", "SLOT_NOT_FOUND"))));
    }

    private ApiResponse show(ApiRequest request) {
        return ApiResponse.ok(view(request, slots.find(reader(request), slot(request))));
    }

    private ApiResponse close(ApiRequest request) {
        slots.close(request.caller(), slot(request));
        return ApiResponse.done("ok.slot_closed");
    }

    private ApiResponse hold(ApiRequest request) {
        return ApiResponse.ok(view(request, slots.hold(request.caller(), slot(request))));
    }

    private ApiResponse book(ApiRequest request) {
        Slots.Booking booking = slots.book(request.caller(), slot(request));
        return ApiResponse.created(
                new BookedView(view(request, booking.slot()), BookedEvent.of(booking.event())));
    }

    private ApiResponse giveBack(ApiRequest request) {
        slots.giveBack(request.caller(), slot(request));
        return ApiResponse.done("ok.slot_given_back");
    }

    private SlotView view(ApiRequest request, Slot slot) {
        return views(List.of(slot), reader(request)).getFirst();
    }

    private List<SlotView> views(List<Slot> found, @Nullable Id<User> reader) {
        Map<Id<User>, UserView> hosts =
                identity.people(found.stream().map(Slot::host).distinct().toList());
        Instant now = clock.instant();
        return found.stream()
                .map(slot -> SlotView.of(slot, hosts.get(slot.host()), reader, now))
                .toList();
    }

    private static @Nullable Id<User> reader(ApiRequest request) {
        return request.caller() instanceof Caller.Member member ? member.user() : null;
    }

    private static Id<Slot> slot(ApiRequest request) {
        return request.id("slot", "SLOT_NOT_FOUND");
    }
}
