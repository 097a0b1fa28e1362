import pytest

from reader.feeds.web import connecting
from reader.feeds.web.access import Access, Key, name_host, place, read_access
from reader.settings import USUAL, SettingsError, read_settings


@pytest.fixture
def config(tmp_path):
    """Return what reads a text of config.toml."""

    def read(text):
        path = tmp_path / "config.toml"
        path.write_text(text)
        return read_access(path, tmp_path / "state")

    return read


def test_without_a_file_only_the_open_network_is_asked(tmp_path):
    assert read_access(tmp_path / "config.toml", tmp_path / "state") == Access()


def test_everything_can_be_settled(config):
    access = config(
        """
        [front]
        half_life_hours = 6
        [feeds]
        private_hosts = ["NAS.local", "192.168.1.5", "::1", "[fd00::2]", "bücher.example"]
        proxy = "http://127.0.0.1:8118"
        [[access]]
        host = "Example.org"
        user = "me"
        password_command = ["pass", "show", "news"]
        [[access]]
        host = "other.example:8443"
        token_env = "TOKEN"
        """
    )
    assert access.private_hosts == {
        *("nas.local", "192.168.1.5", "::1", "fd00::2", "xn--bcher-kva.example")
    }
    assert access.proxy == "http://127.0.0.1:8118"
    assert access.keys == {
        "example.org": Key("me", command=("pass", "show", "news")),
        "other.example:8443": Key(None, variable="TOKEN"),
    }


def test_the_reader_starts_with_settings_of_feeds_in_the_file(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("[feeds]\nprivate_hosts = []\n[[access]]\nhost = 'a.example'\n")
    assert read_settings(path) == USUAL


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("feeds = 1", "`feeds` has to be a table, written `[feeds]`"),
        ("access = 1", "`access` has to be tables, each written `[[access]]`"),
        ("[access]\nhost = 'a'", "`access` has to be tables, each written `[[access]]`"),
        (
            "[feeds]\nhosts = []",
            "there is no setting `feeds.hosts`, but feeds.private_hosts, feeds",
        ),
        ("[feeds]\nprivate_hosts = 'a'", "`feeds.private_hosts` has to be a list"),
        ("[feeds]\nprivate_hosts = ['a:80']", "has `a:80`, which is no host"),
        ("[feeds]\nprivate_hosts = ['http://a/']", "has `http://a/`, which is no host"),
        ("[feeds]\nprivate_hosts = [1]", "has `1`, which is no host"),
        ("[feeds]\nprivate_hosts = ['']", "has ``, which is no host"),
        ("[feeds]\nproxy = true", "`feeds.proxy` has to be an address"),
        ("[feeds]\nproxy = 'socks5://a'", "`feeds.proxy` has to be an address"),
        ("[[access]]\nuser = 'me'", "each `[[access]]` needs a `host`"),
        ("[[access]]\nhost = 'https://a/'", "each `[[access]]` needs a `host`"),
        ("[[access]]\nhost = 'a'", "for a needs one of password_command, password_env, token_com"),
        ("[[access]]\nhost = 'a'\ntoken_env = 'A'\npassword_env = 'B'", "for a needs one of"),
        ("[[access]]\nhost = 'a'\npassword = 'b'", "for a has `password`, which means nothing"),
        ("[[access]]\nhost = 'a'\npassword_env = 'B'", "for a needs a `user`"),
        ("[[access]]\nhost = 'a'\nuser = 'b:c'\npassword_env = 'B'", "which has no colon"),
        ("[[access]]\nhost = 'a'\nuser = 'b'\ntoken_env = 'B'", "which belongs to a password"),
        ("[[access]]\nhost = 'a'\ntoken_env = ''", "the name of a variable as `token_env`"),
        ("[[access]]\nhost = 'a'\ntoken_command = 'pass x'", "needs a list as `token_command`"),
        ("[[access]]\nhost = 'a'\ntoken_command = []", "needs a list as `token_command`"),
        ("[[access", "at end of document"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_file(config, tmp_path, text, sentence):
    with pytest.raises(SettingsError) as raised:
        config(text)
    assert str(raised.value).startswith(f"{tmp_path / 'config.toml'}: ")
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)


KEY = Key("me", variable="A")


@pytest.mark.parametrize(
    ("host", "url", "shown"),
    [
        ("a.example", "https://a.example/feed", True),
        ("a.example", "https://a.example:443/feed", True),
        ("a.example", "https://a.example:8443/feed", False),
        ("a.example:8443", "https://a.example:8443/feed", True),
        ("a.example", "http://a.example/feed", False),
        ("a.example", "https://www.a.example/feed", False),
        ("a.example", "https://b.example/", False),
        ("nas.example", "http://nas.example/feed", True),
        ("nas.example", "http://nas.example:8080/feed", False),
    ],
)
def test_a_key_is_for_one_host_and_is_not_shown_in_the_open(host, url, shown):
    access = Access(frozenset({"nas.example"}), {host: KEY})
    assert access.key(url) == (KEY if shown else None)


def test_a_port_that_goes_without_saying_is_no_part_of_a_place():
    urls = (
        "http://a.example:80/",
        "https://a.example:443/",
        "https://a.example:80/",
        "http://[::1]:1/",
    )
    assert [place(url) for url in urls] == ["a.example", "a.example", "a.example:80", "::1:1"]


def test_a_private_host_that_the_user_named_may_be_asked_from_then_on(tmp_path, monkeypatch):
    monkeypatch.setattr(connecting, "addresses", lambda host: ["192.168.1.5"])
    for url in ("http://NAS.example:8080/feed", "https://nas.example/other"):
        assert name_host(tmp_path / "state", url)
    assert read_access(tmp_path / "config.toml", tmp_path / "state").private_hosts == {
        "nas.example"
    }
    assert (tmp_path / "state" / "private-hosts").read_text() == "nas.example\n"


def test_an_address_on_a_private_network_is_named_as_well(tmp_path):
    assert name_host(tmp_path, "http://127.0.0.1:8080/")
    assert name_host(tmp_path, "http://[::1]:8080/")
    access = read_access(tmp_path / "config.toml", tmp_path)
    assert access.private_hosts == {"127.0.0.1", "::1"}


@pytest.mark.parametrize("addresses", [["93.184.216.34"], OSError("no such host")])
def test_a_public_host_is_not_remembered_for_its_name_may_change_its_meaning(
    tmp_path, monkeypatch, addresses
):
    def meaning(host):
        if isinstance(addresses, OSError):
            raise addresses
        return addresses

    monkeypatch.setattr(connecting, "addresses", meaning)
    assert not name_host(tmp_path, "https://open.example/feed")
    assert not name_host(tmp_path, "no address")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_host_in_the_file_of_named_hosts_is_passed_over(tmp_path):
    (tmp_path / "private-hosts").write_bytes(
        b"nas.example\n\nhttp://a/\n\xff\n127.0.0.1\nhalf a lin"
    )
    access = read_access(tmp_path / "config.toml", tmp_path)
    assert access.private_hosts == {"nas.example", "127.0.0.1"}
