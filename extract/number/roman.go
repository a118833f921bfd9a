package number

import "strings"

// romans are the Roman numerals of one, five and ten in each decimal place;
// the place is the index.
var romans = [...][3]byte{{'I', 'V', 'X'}, {'X', 'L', 'C'}, {'C', 'D', 'M'}}

// Roman reads a Roman numeral in capitals, 1 to 3999, that begins at byte pos
// and is written by the rule (IV, not IIII). No letter or digit may follow it.
func Roman(text string, pos int) (value, end int, ok bool) {
	if pos < 0 || pos >= len(text) {
		return 0, pos, false
	}
	end = pos
	for end < len(text) && end-pos < 3 && text[end] == 'M' {
		value += 1000
		end++
	}
	power := 100
	for place := len(romans) - 1; place >= 0; place-- {
		digit, size := romanDigit(text[end:], romans[place])
		value += digit * power
		end += size
		power /= 10
	}
	if value == 0 || isDigit(text, end) {
		return 0, pos, false
	}
	if _, after := Fold(nil, text, end); after > end {
		return 0, pos, false
	}
	return value, end, true
}

// romanDigit reads one decimal place of a Roman numeral.
func romanDigit(s string, sign [3]byte) (digit, size int) {
	one, five, ten := sign[0], sign[1], sign[2]
	switch {
	case strings.HasPrefix(s, string([]byte{one, ten})):
		return 9, 2
	case strings.HasPrefix(s, string([]byte{one, five})):
		return 4, 2
	}
	if size < len(s) && s[size] == five {
		digit, size = 5, 1
	}
	for range 3 {
		if size >= len(s) || s[size] != one {
			break
		}
		digit, size = digit+1, size+1
	}
	return digit, size
}
