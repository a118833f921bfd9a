package fetch

import "net/http"

// Guarded is the transport of a fetcher that dials.
func Guarded(f *Fetcher) http.RoundTripper { return f.client.Transport }
