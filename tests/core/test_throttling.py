"""So many in so much time, from an address or for a key; then 429, which says when to try again."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory
from redis.exceptions import ConnectionError as RedisIsGone

from core.throttling import Rate, posted, routed, take, throttle
from tests.races import at_once

START = 1_800_000_000  # the first second of an hour


@pytest.fixture(autouse=True)
def _from_the_beginning(settings):
    settings.THROTTLING = True
    cache.clear()


def view(**details):
    return throttle("tested", **details)(lambda request, **route: HttpResponse("done"))


def post(view, address="192.0.2.1", route=None, proxied="", **data):
    headers = {"REMOTE_ADDR": address}
    if proxied:
        headers["HTTP_X_FORWARDED_FOR"] = proxied
    request = RequestFactory().post("/", data, **headers)
    request.user = None
    return view(request, **(route or {}))


def statuses(*responses):
    return [response.status_code for response in responses]


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("10/h", Rate(10, 3600)),
        ("3/5m", Rate(3, 300)),
        ("1/s", Rate(1, 1)),
        ("9/d", Rate(9, 86400)),
    ],
)
def test_rate_is_read(text, rate):
    assert Rate.of(text) == rate


def test_fourth_from_an_address_is_told_when_to_come_again_and_another_passes():
    limited = view(rate="3/h")

    first = [post(limited) for _ in range(4)]
    other = post(limited, address="192.0.2.2")

    assert statuses(*first, other) == [200, 200, 200, 429, 200]
    assert 1 <= int(first[3]["Retry-After"]) <= 7200
    assert "That was too often in a short time." in first[3].content.decode()


def test_key_counts_whoever_asks_and_however_it_is_typed():
    limited = view(each="1/h", key=posted("email"))

    answers = [
        post(limited, address="192.0.2.1", email="Ana@x.example"),
        post(limited, address="192.0.2.2", email=" ana@X.example"),
        post(limited, address="192.0.2.3", email="bea@x.example"),
        post(limited),
        post(limited),
    ]

    assert statuses(*answers) == [200, 429, 200, 200, 200]


def test_link_is_a_key():
    limited = view(each="1/h", key=routed("token"))

    answers = [post(limited, route={"token": token}) for token in ("a", "a", "b")]

    assert statuses(*answers) == [200, 429, 200]


def test_looking_is_not_counted():
    limited = view(rate="1/h")

    looks = [limited(RequestFactory().get("/")) for _ in range(3)]

    assert statuses(*looks) == [200, 200, 200]


def test_address_is_the_one_our_proxy_names_not_the_one_the_stranger_does(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    limited = view(rate="1/h")

    answers = [
        post(limited, address="10.0.0.1", proxied=f"{made_up}, 198.51.100.7")
        for made_up in ("203.0.113.1", "203.0.113.2")
    ]
    other = post(limited, address="10.0.0.1", proxied="198.51.100.8")

    assert statuses(*answers, other) == [200, 429, 200]


def test_window_slides_so_that_its_edge_gives_no_second_helping():
    rate = Rate.of("10/h")
    for _ in range(10):
        assert take("edge", rate, "a", now=START + 3599).allowed

    after = [take("edge", rate, "a", now=START + at).allowed for at in (3601, 3600 + 1800)]
    later = take("edge", rate, "a", now=START + 3 * 3600)

    assert after == [False, True]
    assert (later.allowed, later.left) == (True, 9)


@pytest.mark.parametrize("now", [START + 10, START + 1800, START + 3599])
def test_wait_is_long_enough(now):
    rate = Rate.of("2/h")
    for _ in range(2):
        take("wait", rate, "a", now=now)
    refused = take("wait", rate, "a", now=now)

    again = take("wait", rate, "a", now=now + refused.retry_after)

    assert (refused.allowed, again.allowed) == (False, True)


@pytest.mark.race
def test_of_many_at_once_exactly_as_many_pass_as_may():
    answers = at_once(*[lambda: take("race", Rate.of("5/d"), "a", now=START).allowed] * 12)

    assert sorted(answers) == [False] * 7 + [True] * 5


def test_cache_out_of_reach_refuses_nobody(monkeypatch):
    def gone(*args, **kwargs):
        raise RedisIsGone

    monkeypatch.setattr(cache, "add", gone)

    assert post(view(rate="1/h")).status_code == 200


def test_counted_keys_are_no_names(monkeypatch):
    """Whatever the cache is: of some, nobody can list the keys."""
    keys, add = [], cache.add

    def noted(key, *rest, **more):
        keys.append(key)
        return add(key, *rest, **more)

    monkeypatch.setattr(cache, "add", noted)
    take("names", Rate.of("1/h"), "ana@x.example", now=START)

    assert len(keys) == 1
    assert "ana" not in keys[0]
