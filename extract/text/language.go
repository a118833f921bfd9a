package text

import "vocero/extract/text/language"

// Language says in which language source is written: es, en, pt, fr, ca, gl, or
// "other"; "" where there is too little text to tell.
func Language(source string) string { return language.Of(source) }
