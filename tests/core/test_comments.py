"""What is said internally never reaches a client; what is shared reaches both."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core import comments, notifications
from core.comments import CommentRefused
from core.models import Comment, CommentsRead, Message, Notification, Thread
from core.templatetags.comments import _read
from tests.factories.core import UserFactory
from tests.factories.engagements import EngagementFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement(world):
    """Of the own client; looked after by the BizDev of the world."""
    return EngagementFactory(client=world.client, owner=world.users["BizDev"])


def say(engagement, world, who="BizDev", audience="internal", **more):
    by = world.users[who].actor
    return comments.begin(
        engagement, text=more.pop("text", "Secret word"), audience=audience, by=by, **more
    )


def told(user):
    return [row.text for row in Notification.objects.filter(user=user)]


def page(client, user, engagement):
    client.force_login(user, backend="core.sign_in.Backend")
    return client.get(comments.url_of(engagement))


CLIENTS = ["own approver", "own viewer"]
OTHERS = ["other client", "own vendor", "other vendor"]


@pytest.mark.parametrize("who", CLIENTS)
def test_a_client_never_meets_an_internal_comment(world, engagement, client, who):
    user = world.users[who]
    said = say(engagement, world, tell=[user], text=f"Secret word for @{user.name}")
    comments.reply(said.thread, text="Secret answer", by=world.users["QA"].actor, tell=[user])

    shown = page(client, user, engagement).content.decode()
    notifications.send_digests(now=timezone.now() + timedelta(days=2))

    assert "Secret" not in shown
    assert "1 new" not in shown
    assert "internal" not in shown.lower()
    assert told(user) == []
    assert not Message.objects.filter(to=user.email).exists()
    assert user not in said.mentioned.all()
    assert not Thread.objects.readable_by(user.actor).exists()
    for route, pk, method in [
        ("comment_reply", said.thread_id, "get"),
        ("comment_reply", said.thread_id, "post"),
        ("thread_resolve", said.thread_id, "post"),
        ("thread_reopen", said.thread_id, "post"),
        ("comment_edit", said.pk, "get"),
        ("comment_withdraw", said.pk, "post"),
        ("comment_history", said.pk, "get"),
    ]:
        answer = getattr(client, method)(reverse(f"core:{route}", args=[pk]), {"text": "x"})
        assert answer.status_code == 404, route


@pytest.mark.parametrize("who", CLIENTS)
def test_a_client_writes_shared_comments_only(world, engagement, client, who):
    client.force_login(world.users[who], backend="core.sign_in.Backend")
    url = reverse("core:comment_add", args=["engagements.engagement", engagement.pk])

    refused = client.post(url, {"text": "Hello", "kind": "internal"})
    kept = client.post(url, {"text": "Hello", "kind": "shared"})

    assert (refused.status_code, kept.status_code) == (403, 302)
    assert [thread.audience for thread in Thread.objects.all()] == ["shared"]
    with pytest.raises(PermissionDenied):
        say(engagement, world, who)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_even_the_shared_ones(world, engagement, client, who):
    said = say(engagement, world, audience="shared", tell=[world.users[who]])

    assert page(client, world.users[who], engagement).status_code == 404
    assert told(world.users[who]) == []
    assert not comments.sees(said.thread, world.users[who].actor)


@pytest.mark.parametrize(
    "label", ["recruiting.candidate", "vendors.vendor", "recruiting.application"]
)
def test_where_no_client_reads_along_nothing_can_be_shared(label):
    assert comments._talks[label].client_people is None


def test_a_vendor_has_no_part_in_the_talk_about_itself(world, client):
    comments.begin(
        world.vendor, text="Slow papers", audience="internal", by=world.users["QA"].actor
    )

    client.force_login(world.users["own vendor"], backend="core.sign_in.Backend")
    assert client.get(comments.url_of(world.vendor)).status_code == 404
    with pytest.raises(PermissionDenied):
        comments.begin(world.vendor, text="x", audience="shared", by=world.users["QA"].actor)


def test_the_kind_is_said_before_the_first_word_and_on_each_comment(world, engagement, client):
    say(engagement, world, audience="shared")
    say(engagement, world)

    shown = page(client, world.users["QA"], engagement).content.decode()

    assert "internal: only our staff" in shown
    assert "shared: the client reads it" in shown
    add = reverse("core:comment_add", args=["engagements.engagement", engagement.pk])
    assert "Who is to read it?" in client.get(add).content.decode()
    assert "Who is to read it?" in client.post(add, {"text": "No kind chosen"}).content.decode()
    assert Thread.objects.count() == 2
    assert "internal: only our staff" in client.get(f"{add}?kind=internal").content.decode()


def test_who_is_named_is_told_at_once_and_by_mail(world, engagement):
    qa = world.users["QA"]

    say(engagement, world, text=f"What do you think, @{qa.name.upper()}?")

    assert [n.kind for n in Notification.objects.filter(user=qa)] == ["comments.mention"]
    assert Message.objects.get().to == qa.email


def test_the_longest_name_that_fits_is_meant(world):
    short, long = world.users["QA"], world.users["Trainer"]
    short.name, long.name = "Ann", "Ann Lee"

    assert comments.named_in("Ask @Ann Lee.", [short, long]) == [long]


def test_a_name_within_a_longer_word_is_not_meant(world):
    ana, anastasia = (UserFactory.build(name=name) for name in ("Ana", "Anastasia"))

    assert comments.named_in("@Anastasia, and not @anas", [ana]) == []
    assert comments.named_in("@ana: see @Anastasia.", [ana, anastasia]) == [anastasia, ana]


def test_each_is_told_once_of_a_comment(world, engagement):
    """The owner is named, has written before and looks after it: one notification."""
    owner, qa = world.users["BizDev"], world.users["QA"]
    said = say(engagement, world, "QA")
    assert [n.kind for n in Notification.objects.filter(user=owner)] == ["comments.new"]

    comments.reply(said.thread, text="Yes", by=owner.actor)
    comments.reply(said.thread, text="@" + owner.name, by=qa.actor)

    kinds = Notification.objects.order_by("pk").values_list("user", "kind")
    assert list(kinds) == [
        (owner.pk, "comments.new"),
        (qa.pk, "comments.reply"),
        (owner.pk, "comments.mention"),
    ]


def test_a_shared_comment_is_in_the_clients_daily_mail(world, engagement):
    say(engagement, world, audience="shared")

    notifications.send_digests(now=timezone.now() + timedelta(days=2))

    mails = Message.objects.filter(template="core.digest").values_list("to", flat=True)
    assert set(mails) == {world.users[who].email for who in CLIENTS}
    assert "Secret word" not in Message.objects.first().body


def test_a_client_chooses_among_its_own_and_those_who_look_after_it(world, engagement):
    able = comments.may_be_told(engagement, "shared", world.users["own viewer"].actor)

    assert set(able) == {world.users[who] for who in ["BizDev", *CLIENTS]}


def test_an_edit_keeps_the_words_before(world, engagement, client):
    said = say(engagement, world, text="First words")
    comments.edit(said, text="Second words", by=world.users["BizDev"].actor)

    client.force_login(world.users["QA"], backend="core.sign_in.Backend")
    shown = client.get(reverse("core:comment_history", args=[said.pk])).content.decode()

    assert "First words" in shown
    assert "Second words" in shown
    with pytest.raises(PermissionDenied):
        comments.edit(said, text="Not mine", by=world.users["QA"].actor)


def test_whom_only_an_edit_names_is_told_and_once(world, engagement):
    owner, qa, trainer = (world.users[who] for who in ("BizDev", "QA", "Trainer"))
    said = say(engagement, world, text=f"Look, @{qa.name}", tell=[world.users["Recruiter"]])
    before = list(Notification.objects.values_list("pk", flat=True))

    both = f"Look, @{qa.name} and @{trainer.name}"
    for text in (both, f"Look, @{qa.name}", both, f"Look, @{trainer.name} and @{owner.name}"):
        said = comments.edit(said, text=text, by=owner.actor)

    fresh = Notification.objects.exclude(pk__in=before).values_list("user", "kind")
    assert list(fresh) == [(trainer.pk, "comments.mention")]
    assert set(said.mentioned.all()) == {world.users["Recruiter"], trainer, owner}


def test_an_edit_of_an_internal_comment_tells_no_client(world, engagement):
    approver = world.users["own approver"]
    said = say(engagement, world, text="First words")

    comments.edit(said, text=f"Secret for @{approver.name}", by=world.users["BizDev"].actor)

    assert told(approver) == []
    assert not said.mentioned.exists()


def test_a_withdrawn_comment_leaves_its_stamp_and_no_words(world, engagement, client):
    said = say(engagement, world, text="First words")
    comments.edit(said, text="Second words", by=world.users["BizDev"].actor)
    comments.withdraw(said, by=world.users["BizDev"].actor)

    shown = page(client, world.users["QA"], engagement).content.decode()

    assert "Withdrawn on" in shown
    assert "words" not in Comment.objects.get().text
    assert not Comment.objects.get().earlier.exists()
    with pytest.raises(CommentRefused):
        comments.edit(said, text="Again", by=world.users["BizDev"].actor)


def mark(client, engagement, shown):
    """Ask for the mark as a page does whose newest comment is `shown`."""
    address = reverse("core:comments_read", args=["engagements.engagement", engagement.pk])
    return client.post(address, {"seen": shown.pk})


def test_who_answers_does_not_mark_what_others_said_meanwhile(world, engagement, client):
    said = say(engagement, world)
    comments.reply(said.thread, text="Unseen", by=world.users["HR director"].actor)
    comments.reply(said.thread, text="My answer", by=world.users["QA"].actor)

    shown = page(client, world.users["QA"], engagement).content.decode()

    assert "2 new since you last looked" in shown


def test_a_mark_of_what_one_may_not_read_marks_nothing(world, engagement, client):
    secret = say(engagement, world)
    page(client, world.users["own approver"], engagement)

    mark(client, engagement, secret)

    assert not CommentsRead.objects.exists()


def test_new_since_you_last_looked(world, engagement, client):
    qa = world.users["QA"]
    said = say(engagement, world)
    assert "1 new since you last looked" in page(client, qa, engagement).content.decode()
    assert not CommentsRead.objects.filter(user=qa).exists()  # looking changes nothing

    mark(client, engagement, said)
    assert "since you last looked" not in page(client, qa, engagement).content.decode()

    comments.reply(said.thread, text="More", by=world.users["BizDev"].actor)
    say(engagement, world, audience="shared")
    mark(client, engagement, said)  # by a page that was open before
    shown = page(client, qa, engagement).content.decode()
    assert "2 new since you last looked" in shown
    assert shown.count('id="first-new"') == 1


def test_a_resolved_thread_says_by_whom_and_takes_no_answer_until_reopened(
    world, engagement, client
):
    said = say(engagement, world)
    qa = world.users["QA"]
    comments.resolve(said.thread, by=qa.actor, seen=said.pk)

    client.force_login(qa, backend="core.sign_in.Backend")
    url = reverse("core:comment_reply", args=[said.thread_id])
    answer = client.post(url, {"text": "My long answer"})

    assert answer.status_code == 409
    assert "My long answer" in answer.content.decode()  # nothing typed is lost
    assert f"Resolved by {qa}" in page(client, qa, engagement).content.decode()
    comments.reopen(said.thread, by=qa.actor)
    assert client.post(url, {"text": "My long answer"}).status_code == 302


def test_nobody_resolves_what_they_have_not_read(world, engagement):
    said = say(engagement, world)
    comments.reply(said.thread, text="But", by=world.users["QA"].actor)

    with pytest.raises(CommentRefused, match="answered meanwhile"):
        comments.resolve(said.thread, by=world.users["BizDev"].actor, seen=said.pk)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_a_reply_and_a_resolution_one_comes_first_and_the_other_is_told(world, engagement):
    said = say(engagement, world)
    one, other = world.users["QA"].actor, world.users["BizDev"].actor

    answers = at_once(
        lambda: comments.reply(said.thread, text="Wait", by=one),
        lambda: comments.resolve(said.thread, by=other, seen=said.pk),
    )

    assert [type(answer) for answer in answers].count(CommentRefused) == 1
    thread = Thread.objects.get()
    assert (thread.resolved_at is None) == (thread.comments.count() == 2)


@pytest.mark.parametrize("count", [1, 3])
def test_a_subject_asks_one_query_however_much_is_said(
    world, engagement, rf, django_assert_num_queries, count
):
    for number in range(count):
        said = say(engagement, world, text=f"Question {number}")
        comments.reply(said.thread, text="Answer", by=world.users["QA"].actor)
    request = rf.get("/")
    request.actor = world.users["QA"].actor

    with django_assert_num_queries(1):
        _read({"request": request}, engagement)
        found = _read({"request": request}, engagement)

    assert sum(len(each.lines) for each in found[""]) == 2 * count


@pytest.mark.parametrize("path", ["core.view_nothing/1", "core.user/1", "engagements.engagement/0"])
def test_only_declared_rows_are_talked_about(client_as, path):
    assert client_as("QA").get(f"/comments/{path}/").status_code == 404


def test_an_unknown_item_is_not_found(world, engagement, client):
    client.force_login(world.users["QA"], backend="core.sign_in.Backend")

    assert client.get(comments.url_of(engagement, "criterion-7")).status_code == 404


def test_each_is_told_in_their_own_language(world, engagement):
    """Not in that of whoever writes, here a request in Spanish."""
    spanish = world.users["own approver"]
    spanish.language = "es"
    spanish.save()

    with override("es"):
        say(engagement, world, "QA", audience="shared")

    by = world.users["QA"]
    assert told(spanish) == [f"{by} ha comentado {engagement} (compartido)"]
    assert told(world.users["own viewer"]) == [f"{by} has commented on {engagement} (shared)"]
