package crawl

import (
	"bytes"
	"net"
	"net/netip"
	"syscall"
)

// control refuses, when a connection is about to be made and so after DNS and
// after every redirect, what is no address of the public internet.
func (f *Fetcher) control(_, address string, _ syscall.RawConn) error {
	if f.options.AllowPrivate {
		return nil
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return err
	}
	if !public(ip.Unmap()) {
		return refused("%s is an address of a private network", ip)
	}
	return nil
}

// special are blocks set apart in the registries of special-purpose addresses
// (RFC 6890 and its successors) that netip has no question for. The blocks that
// carry an IPv4 address within an IPv6 one are refused whole.
var special = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
	"2001:db8::/32", "2002::/16", "5f00::/16")

func prefixes(blocks ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(blocks))
	for i, b := range blocks {
		out[i] = netip.MustParsePrefix(b)
	}
	return out
}

func public(ip netip.Addr) bool {
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	for _, block := range special {
		if block.Contains(ip) {
			return false
		}
	}
	return true
}

// isFeed says whether a document's root is that of RSS or Atom.
func isFeed(b []byte) bool {
	head := bytes.ToLower(b[:min(len(b), 2048)])
	if bytes.Contains(head, []byte("<html")) {
		return false
	}
	for _, root := range []string{"<rss", "<feed", "<rdf:rdf"} {
		if bytes.Contains(head, []byte(root)) {
			return true
		}
	}
	return false
}
