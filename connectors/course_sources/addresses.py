"""Which addresses may be asked: public ones alone, unless an administrator says otherwise."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver
from yarl import URL

# Behind these an address of IPv4 is hidden, which may be a private one.
_TRANSLATED = IPv6Network("64:ff9b::/96")


class PrivateAddressError(OSError):
    """The name of a host stands for an address within a private network."""


def is_public(address: str) -> bool:
    """Tell whether an address is on the public internet."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif found.sixtofour is not None or found.teredo is not None or found in _TRANSLATED:
            return False
    return found.is_global and not found.is_multicast


def may_be_asked(url: URL, *, allow_private: bool) -> bool:
    """Tell whether an address can be one of a source; what its name stands for is seen when connecting."""
    if not url.host or url.user or url.password:
        return False
    if allow_private:
        return url.scheme in {"http", "https"}
    try:
        return url.scheme == "https" and is_public(url.host)
    except ValueError:
        return url.scheme == "https"


class PublicResolver(AbstractResolver):
    """Looks up names, and refuses those of private addresses at the very moment of connecting.

    A look beforehand would not do: by the time of connecting the name may stand for another address.
    """

    def __init__(self, inner: AbstractResolver | None = None) -> None:
        self._inner = inner or DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a host.

        Raises:
            PrivateAddressError: one of them is private.
        """
        found = await self._inner.resolve(host, port, family)
        if not all(is_public(one["host"]) for one in found):
            raise PrivateAddressError(host)
        return found

    async def close(self) -> None:
        """Close what is asked."""
        await self._inner.close()
