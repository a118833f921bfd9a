package pdf

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"os/exec"
	"slices"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"vocero/corpus"
)

// dpi is how many dots an inch of a scanned page is drawn in: what Tesseract was
// trained on stands at about 300, and 200 read as well in a third of the time.
const dpi = 200

// languages are those that Tesseract is asked to read, where it has them.
var languages = []string{"spa", "eng", "por", "fra", "cat", "glg"}

// recognized reads the pages as pictures.
func (r *Reader) recognized(ctx context.Context, in pdfium.Pdfium, d references.FPDF_DOCUMENT, pages int) (string, error) {
	if r.o.Tesseract == "" {
		return "", &corpus.Failure{Reason: corpus.Scanned, Detail: "its pages are pictures of text; with tesseract installed they are read"}
	}
	langs := r.installed(ctx)
	var all []string
	for i := range pages {
		picture, err := drawn(in, d, i)
		if err != nil {
			return "", fmt.Errorf("draw page %d: %w", i+1, err)
		}
		text, err := r.tesseract(ctx, picture, "stdin", "stdout", "-l", langs)
		if err != nil {
			return "", fmt.Errorf("read page %d: %w", i+1, err)
		}
		all = append(all, paragraphs(text))
	}
	return strings.TrimSpace(strings.Join(all, "\n\n")), nil
}

// installed gives the languages that Tesseract can read, as it wants them.
func (r *Reader) installed(ctx context.Context) string {
	list, err := r.tesseract(ctx, nil, "--list-langs")
	if err != nil {
		return languages[1]
	}
	have := strings.Fields(list)
	langs := slices.DeleteFunc(slices.Clone(languages), func(l string) bool { return !slices.Contains(have, l) })
	if len(langs) == 0 {
		return languages[1]
	}
	return strings.Join(langs, "+")
}

func (r *Reader) tesseract(ctx context.Context, stdin []byte, args ...string) (string, error) {
	c := exec.CommandContext(ctx, r.o.Tesseract, args...)
	c.Stdin = bytes.NewReader(stdin)
	c.Env = append(c.Environ(), "OMP_THREAD_LIMIT=1") // its threads wait for one another in circles, and releases are read side by side
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	if err := c.Run(); err != nil {
		return "", &corpus.Failure{Reason: corpus.Failed, Detail: fmt.Sprintf("tesseract: %v: %.200s", err, strings.TrimSpace(stderr.String()))}
	}
	return stdout.String(), nil
}

// drawn is a page as a PNG picture.
func drawn(in pdfium.Pdfium, d references.FPDF_DOCUMENT, index int) ([]byte, error) {
	page, err := in.RenderPageInDPI(&requests.RenderPageInDPI{DPI: dpi, ImageFormat: requests.RenderImageFormatGrayscale, Page: requests.Page{ByIndex: &requests.PageByIndex{Document: d, Index: index}}})
	if err != nil {
		return nil, err
	}
	defer page.CleanupFunc()
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, page.Result.RenderedImage)
	return b.Bytes(), err
}

// paragraphs joins the lines that Tesseract gives, which leaves an empty line
// between paragraphs.
func paragraphs(text string) string {
	var all []string
	for block := range strings.SplitSeq(strings.ReplaceAll(text, "\f", "\n\n"), "\n\n") {
		c := composer{}
		for line := range strings.Lines(block) {
			if line = strings.TrimSpace(line); line != "" {
				c.write(row{text: line}, sameLine)
			}
		}
		if len(c.text) > 0 {
			all = append(all, string(c.text))
		}
	}
	return strings.Join(all, "\n\n")
}
