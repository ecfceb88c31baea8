"""From which network a request comes: the unit in which attempts are counted."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

UNKNOWN = "unknown"


def client_network(*, remote_address: str, forwarded_for: str, trusted_proxies: int) -> str:
    """Return the network of the visitor: an IPv4 address, or the /64 of an IPv6 address.

    `forwarded_for` is the X-Forwarded-For header; it counts only as far as `trusted_proxies` of our own have
    written in it, counted from the right, because a visitor can put anything to the left of that.
    """
    if trusted_proxies == 0:
        return _network(remote_address)
    hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
    return _network(hops[-trusted_proxies] if len(hops) >= trusted_proxies else remote_address)


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return UNKNOWN
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, 64), strict=False))
