package fetch

import (
	"errors"
	"net/netip"
	"syscall"

	"code.dny.dev/ssrf"

	"vocero/corpus"
)

// guard refuses, when a connection is about to be made and so after DNS and
// after every redirect, what is no address of the public internet, however it
// was spelt.
func guard(allowPrivate bool) func(network, address string, _ syscall.RawConn) error {
	if allowPrivate {
		return nil
	}
	guardian := ssrf.New(ssrf.WithAnyPort())
	return func(network, address string, conn syscall.RawConn) error {
		// An IPv4 address within an IPv6 one is judged as what it is.
		if at, err := netip.ParseAddrPort(address); err == nil && at.Addr().Is4In6() {
			return guardian.SafeAddr(at.Addr().Unmap())
		}
		return guardian.Safe(network, address, conn)
	}
}

// refusedByGuard makes the guard's refusal within err a failure that says so.
func refusedByGuard(err error) *corpus.Failure {
	for _, sentinel := range []error{ssrf.ErrProhibitedIP, ssrf.ErrProhibitedNetwork, ssrf.ErrInvalidHostPort} {
		if !errors.Is(err, sentinel) {
			continue
		}
		for inner := errors.Unwrap(err); inner != nil && inner != sentinel; inner = errors.Unwrap(inner) {
			err = inner
		}
		return refused("an address of a private network, fetched only with --allow-private: %v", err)
	}
	return nil
}
