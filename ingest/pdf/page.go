package pdf

import (
	"math"
	"regexp"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// glyph is a sign on a page, with the box of its font: from the left and from
// the top, in points.
type glyph struct {
	r              rune
	x0, y0, x1, y1 float64
}

// page is what stands on one, in the order of the file.
type page struct {
	width, height float64
	glyphs        []glyph // the signs of lines that run as most of the page's do
	others        []glyph // those that run another way, up a margin
}

// readPage takes the signs of a page and turns them so that its text runs from
// left to right.
func readPage(in pdfium.Pdfium, d references.FPDF_DOCUMENT, index int) (page, error) {
	var p page
	ref := requests.Page{ByIndex: &requests.PageByIndex{Document: d, Index: index}}
	text, err := in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return p, err
	}
	defer in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	size, err := in.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: d, Index: index})
	if err != nil {
		return p, err
	}
	count, err := in.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return p, err
	}
	turned := [4][]glyph{}
	last := 0
	for i := range count.Count {
		c, err := in.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text.TextPage, Index: i})
		if err != nil {
			return p, err
		}
		r := rune(c.Unicode)
		if r == '\r' || r == '\n' || r == 0 {
			continue
		}
		box, err := in.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text.TextPage, Index: i})
		if err != nil {
			continue // a sign that has no place is none that can be seen
		}
		g := glyph{r: r, x0: float64(box.Rect.Left), x1: float64(box.Rect.Right), y0: -float64(box.Rect.Top), y1: -float64(box.Rect.Bottom)}
		if r > ' ' { // spaces run as the sign before them
			angle, err := in.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: text.TextPage, Index: i})
			if err != nil {
				return p, err
			}
			last = int(math.Round(float64(angle.CharAngle)/(math.Pi/2))+4) % 4
		}
		turned[last] = append(turned[last], g.turned(last))
	}
	most := 0
	for i, gs := range turned {
		if len(gs) > len(turned[most]) {
			most = i
		}
	}
	p.width, p.height = size.Width, size.Height
	if most%2 == 1 {
		p.width, p.height = p.height, p.width
	}
	p.glyphs = turned[most]
	for i, gs := range turned {
		if i != most {
			p.others = append(p.others, gs...)
		}
	}
	p.settle()
	return p, nil
}

// turned gives the glyph's place after a turn by quarters of a circle.
func (g glyph) turned(quarters int) glyph {
	for range quarters {
		g.x0, g.y0, g.x1, g.y1 = g.y0, -g.x1, g.y1, -g.x0
	}
	return g
}

// settle moves the signs so that the page's corner is at the top left.
func (p *page) settle() {
	left, top := math.Inf(1), math.Inf(1)
	for _, g := range p.glyphs {
		left, top = min(left, g.x0), min(top, g.y0)
	}
	if left >= 0 && left < p.width {
		left = 0
	}
	if top >= -p.height && top < 0 { // PDF counts from the bottom
		top = -p.height
	}
	for i := range p.glyphs {
		g := &p.glyphs[i]
		g.x0, g.x1, g.y0, g.y1 = g.x0-left, g.x1-left, g.y0-top, g.y1-top
	}
}

// programs are what programs put into a title when nobody gives one.
var programs = regexp.MustCompile(`(?i)^(?:microsoft (?:word|powerpoint|excel) - |untitled|sin t[ií]tulo|sans titre|sem t[ií]tulo|\(?anonymous\)?|document\d*$|documento\d*$|presentaci[oó]n\d*$|layout \d|print|print job|.*\.(?:docx?|odt|rtf|indd|pdf|ai|pub|pptx?|xlsx?|qxd|tmp)$)`)

// saneTitle is a title in a file's properties, or "" where it is what a program
// put there.
func saneTitle(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if programs.MatchString(s) || len(strings.Fields(s)) < 3 || len(s) > 300 || strings.ContainsAny(s, "[]{}\ufffd") {
		return ""
	}
	return s
}

var dateBegins = regexp.MustCompile(`^(?:D:)?(\d{4})(\d{2})(\d{2})`)

// saneDate is the day in a PDF date, D:20240517…, or "" where it cannot be.
func saneDate(s string) string {
	m := dateBegins.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	t, err := time.Parse("20060102", m[1]+m[2]+m[3])
	if err != nil || t.Year() < 1993 || t.After(time.Now().AddDate(0, 0, 2)) { // PDF is of 1993
		return ""
	}
	return t.Format(time.DateOnly)
}
