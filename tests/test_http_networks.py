import random
from ipaddress import IPv4Address, IPv6Address

import pytest

from reader.feeds.web.networks import is_private_name, is_public


@pytest.mark.parametrize(
    "text",
    [
        *("1.1.1.1", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1"),
        *("192.167.1.1", "198.17.1.1", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1"),
    ],
)
def test_an_address_of_the_open_network_is_public(text):
    assert is_public(text)


@pytest.mark.parametrize(
    "text",
    [
        *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1"),
        *("127.255.255.255", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1"),
        *("192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255"),
        *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1"),
        *("255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:1.1.1.1", "::ffff:127.0.0.1"),
        *("::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::101:101", "64:ff9b:1::1", "100::1"),
        *("2001::1", "2001:0:4136:e378::1", "2001:db8::1", "2001:10::1", "2001:20::1"),
        *("2002:7f00:1::", "2002:c0a8:1::", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1"),
        *("fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "", "localhost", "1.1.1", "01.1.1.1"),
    ],
)
def test_any_other_address_is_not_public(text):
    assert not is_public(text)


@pytest.mark.parametrize("kind", [(IPv4Address, 32), (IPv6Address, 128)])
def test_nothing_is_public_that_the_standard_library_knows_to_be_private(kind):
    chance = random.Random(8)
    for _ in range(20_000):
        address = kind[0](chance.getrandbits(kind[1]))
        if is_public(str(address)):
            assert not any((address.is_private, address.is_multicast, address.is_reserved))


@pytest.mark.parametrize(
    ("host", "private"),
    [
        *(("localhost", True), ("a.localhost", True), ("10.0.0.1", True), ("::1", True)),
        *(("example.org", False), ("localhost.example", False), ("1.1.1.1", False)),
    ],
)
def test_some_hosts_are_private_by_their_mere_names(host, private):
    assert is_private_name(host) == private
