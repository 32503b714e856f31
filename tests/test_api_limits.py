"""Who may ask the REST interface, how much and how often; and the command that runs it."""

import asyncio
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search.__main__ import main as search_main
from search.api import ApiKeys, Limits, create_api
from search.api.keys import keys_from_environment, new_key, read_keys
from search.api.limits import TokenBuckets
from search.engine import Engine
from search.errors import ServiceError
from search.snapshot import open_snapshot

ROOT = Path(__file__).parent.parent
FEW = Limits(a_minute=6, at_once=50)  # one more each ten seconds


@pytest.fixture(scope="module")
def engine(small_index_once, encoder):
    """The small corpus, open for searching."""
    return Engine(open_snapshot(small_index_once), encoder)


def stopped():
    """A clock on which no time passes, however slow the machine."""
    return 0.0


def api_with(engine, keys=None, limits=None, address="10.0.0.1"):
    return TestClient(
        create_api(lambda: engine, keys, limits, clock=stopped), client=(address, 50000)
    )


def digest_of(key):
    return hashlib.sha256(key.encode()).hexdigest()


def statuses(client, count, address="/search?q=noleggio", **more):
    return [client.get(address, **more).status_code for _ in range(count)]


# --- how often -----------------------------------------------------------------------------


def test_a_bucket_is_full_at_first_and_fills_again_steadily():
    now = [0.0]
    buckets = TokenBuckets(a_minute=30, at_once=3, clock=lambda: now[0])  # one each two seconds

    assert [buckets.take("a", 1) for _ in range(4)] == [0, 0, 0, 2]
    now[0] = 1.5
    assert buckets.take("a", 1) == 1
    now[0] = 2.0
    assert [buckets.take("a", 1) for _ in range(2)] == [0, 2]
    now[0] = 1000.0
    assert [buckets.take("a", 3) for _ in range(2)] == [0, 6]


def test_a_bucket_gives_all_or_nothing_and_each_caller_has_its_own():
    buckets = TokenBuckets(a_minute=60, at_once=5, clock=stopped)
    assert buckets.take("a", 4) == 0
    assert buckets.take("a", 3) == 2
    assert buckets.take("a", 1) == 0
    assert buckets.take("b", 5) == 0


def test_who_asks_too_often_is_told_when_to_go_on(engine):
    with api_with(engine, limits=FEW) as client:
        assert statuses(client, 50, "/documents") == [200] * 50
        answer = client.get("/documents")
    assert answer.status_code == 429
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == "10"


def test_a_batch_counts_as_many_times_as_it_has_questions(engine):
    forty = {"queries": [{"q": "noleggio", "k": 1}] * 40}
    with api_with(engine, limits=FEW) as client:
        assert client.post("/batch", json=forty).status_code == 200
        refused = client.post("/batch", json=forty)
        assert statuses(client, 9) == [200] * 9
        assert statuses(client, 1) == [429]
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "300"  # 39 are wanted, 9 left, one each ten seconds


@pytest.mark.parametrize(
    ("other", "shares"),
    [
        ("10.0.0.1", True),
        ("10.0.0.2", False),
        ("::ffff:10.0.0.1", False),
        ("2001:db8::1", False),
    ],
)
def test_the_rate_is_counted_by_address(engine, other, shares):
    api = create_api(lambda: engine, limits=FEW, clock=stopped)
    with TestClient(api, client=("10.0.0.1", 1)) as client:
        assert statuses(client, 50, "/health")[-1] == 200
    with TestClient(api, client=(other, 2)) as client:
        assert statuses(client, 1, "/health") == [429 if shares else 200]


def test_a_household_of_ipv6_addresses_counts_as_one(engine):
    api = create_api(lambda: engine, limits=FEW, clock=stopped)
    for last in range(50):
        with TestClient(api, client=(f"2001:db8:1:2::{last:x}", 1)) as client:
            assert statuses(client, 1, "/openapi.json") == [200]
    with TestClient(api, client=("2001:db8:1:2:ffff::", 1)) as client:
        assert statuses(client, 1, "/openapi.json") == [429]
    with TestClient(api, client=("2001:db8:1:3::", 1)) as client:
        assert statuses(client, 1, "/openapi.json") == [200]


@pytest.mark.parametrize("wrong", [{"a_minute": 0}, {"at_once": 49}])
def test_limits_that_nobody_could_keep_are_refused(wrong):
    with pytest.raises(ServiceError, match="allow at least"):
        Limits(**wrong)


# --- how much ------------------------------------------------------------------------------


def test_a_body_is_given_up_when_it_is_too_large(engine):
    json_type = {"content-type": "application/json"}
    with api_with(engine, limits=Limits(body_bytes=1000)) as client:
        fits = client.post("/search", content=b'{"q":"a"}'.ljust(1000), headers=json_type)
        announced = client.post("/search", content=b'{"q":"a"}'.ljust(1001), headers=json_type)
        parts = (b" " * 400 for _ in range(3))
        unannounced = client.post("/search", content=parts, headers=json_type)
    assert fits.status_code == 200
    for answer in (announced, unannounced):
        assert answer.status_code == 413
        assert "at most 1000 bytes" in answer.json()["detail"]


def test_a_body_that_does_not_come_is_not_waited_for(engine):
    api = create_api(lambda: engine, limits=Limits(body_seconds=0.05))
    sent = []

    async def ask():
        async def never():
            await asyncio.Event().wait()

        async def send(message):
            sent.append(message)

        headers = [(b"content-type", b"application/json"), (b"content-length", b"20")]
        scope = {
            "type": "http", "method": "POST", "path": "/search", "raw_path": b"/search",
            "root_path": "", "query_string": b"", "headers": headers, "client": ("10.0.0.1", 1),
            "scheme": "http", "server": ("test", 80), "http_version": "1.1",
        }  # fmt: skip
        await api(scope, never, send)

    asyncio.run(ask())
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"])["title"] == "The body came too slowly"


# --- keys ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"authorization": "Bearer chiave-di-ada"}, 200),
        ({"authorization": "bearer   chiave-di-ada "}, 200),
        ({"x-api-key": "chiave-di-ada"}, 200),
        ({"authorization": "Bearer chiave-di-eva"}, 401),
        ({"authorization": "Basic chiave-di-ada"}, 401),
        ({"authorization": "chiave-di-ada"}, 401),
        ({"x-api-key": digest_of("chiave-di-ada")}, 401),
        ({"x-api-key": "chiave-è"}, 401),
    ],
)
def test_with_keys_only_who_has_one_may_search(engine, headers, status):
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    with api_with(engine, ApiKeys({"ada": digest_of("chiave-di-ada")})) as client:
        answer = client.get("/search?q=noleggio", headers=raw)
        assert client.get("/health").status_code == 200
        assert client.get("/openapi.json").status_code == 200
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.headers["content-type"] == "application/problem+json"


def test_who_tries_keys_is_slowed_down_and_who_has_one_is_not(engine):
    api = create_api(lambda: engine, ApiKeys({"ada": digest_of("giusta")}), FEW, stopped)
    with TestClient(api) as client:
        tried = statuses(client, 51, headers={"x-api-key": "sbagliata"})
        assert tried == [401] * 50 + [429]
        assert statuses(client, 1, headers={"x-api-key": "giusta"}) == [200]


def test_the_document_says_whether_a_key_is_needed(engine):
    with api_with(engine) as client:
        without = client.get("/openapi.json").json()
    with api_with(engine, ApiKeys({"ada": "0" * 64})) as client:
        needed = client.get("/openapi.json").json()
    assert without["security"] == []
    assert "401" not in without["paths"]["/api/search"]["get"]["responses"]
    assert needed["security"] == [{"bearer": []}, {"header": []}]
    assert "401" in needed["paths"]["/api/search"]["get"]["responses"]
    assert needed["paths"]["/api/health"]["get"]["security"] == []


def test_a_new_key_is_printed_once_and_only_its_hash_is_kept(tmp_path, capsys):
    file = tmp_path / "keys"
    file.write_text("# chi può cercare", encoding="utf-8")
    for name in ("ada", "bea"):
        assert search_main(["new-key", name, "--keys", str(file)]) == 0
        key = capsys.readouterr().out.strip()
        assert len(key) > 40
        assert key not in file.read_text(encoding="utf-8")
        assert read_keys(file).holder(key) == name
    assert search_main(["new-key", "ada", "--keys", str(file)]) == 2
    assert "has a key for ada" in capsys.readouterr().err


def test_nobody_else_may_read_the_file_of_the_keys(tmp_path):
    new_key(tmp_path / "keys", "ada")
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no key"),
        ("# nessuno\n\n", "holds no key"),
        ("ada segreta\n", "line 1: write a name and a SHA-256"),
        (f"ada {'0' * 64}\nada {'1' * 64}\n", "line 2: ada comes twice"),
        (b"\xff\xfe", "cannot be read"),
        (None, "cannot be read"),
    ],
)
def test_a_file_of_keys_that_cannot_be_used_is_refused(tmp_path, monkeypatch, text, said):
    file = tmp_path / "keys"
    if text is not None:
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    monkeypatch.setenv("MINIT_API_KEYS", str(file))
    with pytest.raises(ServiceError, match=said):
        keys_from_environment()


def test_a_name_for_a_key_is_one_word(tmp_path):
    with pytest.raises(ServiceError, match="is no name for a key"):
        new_key(tmp_path / "keys", "ada lovelace")


# --- the command ---------------------------------------------------------------------------


def test_serve_answers_over_http_until_it_is_interrupted(small_index_once, tmp_path):
    key = new_key(tmp_path / "keys", "ada")
    server = subprocess.Popen(
        [sys.executable, "-m", "search", "serve", "--index", str(small_index_once), "--port", "0",
         "--keys", str(tmp_path / "keys")],
        cwd=ROOT, stderr=subprocess.PIPE, text=True, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    try:
        line = server.stderr.readline()
        root = re.search(r"http://127\.0\.0\.1:\d+", line)[0]
        asked = urllib.request.Request(
            f"{root}/api/search?q=noleggio&k=1", headers={"Authorization": f"Bearer {key}"}
        )
        with urllib.request.urlopen(asked, timeout=30) as answer:
            hits = json.load(answer)["hits"]
            assert "server" not in answer.headers
        with pytest.raises(urllib.error.HTTPError, match="401") as refused:
            urllib.request.urlopen(f"{root}/api/documents", timeout=30)
        assert json.load(refused.value)["title"] == "A valid API key is needed"
    finally:
        server.send_signal(signal.SIGINT)
        _, rest = server.communicate(timeout=30)
    assert hits[0]["path"] == "nuovi-modelli-di-business/2024-quaderno-noleggio.md"
    assert server.returncode == 0
    assert rest == ""


def test_serve_says_why_it_cannot_start(tmp_path, small_index_once, capsys):
    assert search_main(["serve", "--index", str(tmp_path / "none")]) == 2
    assert "there is no index in" in capsys.readouterr().err
    assert search_main(["serve", "--index", str(small_index_once), "--port", "99999"]) == 2
    assert "choose others with --host and --port" in capsys.readouterr().err
    assert search_main(["serve", "--index", str(small_index_once), "--rate", "0"]) == 2
    assert "0 queries a minute" in capsys.readouterr().err
