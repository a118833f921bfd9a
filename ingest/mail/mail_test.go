package mail_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/ingest/mail"
)

func ExampleParse() {
	m, _ := mail.Parse([]byte("From: =?utf-8?q?Prensa_MTC?= <prensa@mtc.example>\r\nSubject: RV: Nueva obra\r\nDate: Fri, 17 May 2024 23:30:00 -0500\r\n\r\nEmpezó ayer.\r\n"), mail.Limits{})
	fmt.Println(m.From, m.Published, m.Subject, strings.TrimSpace(m.Plain))
	// Output: Prensa MTC 2024-05-17 Nueva obra Empezó ayer.
}

const head = "From: a@b.example\nDate: Fri, 17 May 2024 10:00:00 +0000\n"

func TestParse(t *testing.T) {
	pdf := mail.Attachment{Name: "año.pdf", Type: "application/pdf", Bytes: []byte("%PDF-1.4")}
	cases := []struct {
		name, in string
		want     mail.Message
	}{
		{"alternatives", head + "Content-Type: multipart/alternative; boundary=x\n\nvéase\n--x\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\na=F1=\no\n--x\nContent-Type: text/html; charset=utf-8\n\n<p>año</p>\n--x--\nepilogue",
			mail.Message{Plain: "año\n", HTML: "<p>año</p>\n"}},
		{"attachment", head + "Content-Type: multipart/mixed; boundary=\"x y\"\n\n--x y\n\nTexto\n--x y\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''a%C3%B1o.pdf\nContent-Transfer-Encoding: base64\n\nJVBE\n Ri0x!LjQ=\n--x y\nContent-Type: image/png; name=logo.png\n\nxx\n--x y--",
			mail.Message{Plain: "Texto\n", Attachments: []mail.Attachment{pdf}}},
		{"not closed", head + "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nTexto", mail.Message{Plain: "Texto"}},
		{"two of one name, with paths", head + "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: application/octet-stream; name=\"C:\\docs\\a.bin\"\n\n1\n--x\nContent-Type: application/octet-stream; name=\"../a.bin\"\n\n2\n--x--",
			mail.Message{Attachments: []mail.Attachment{{Name: "a.bin", Type: "application/octet-stream", Bytes: []byte("1\n")}, {Name: "2-a.bin", Type: "application/octet-stream", Bytes: []byte("2\n")}}}},
		{"forwarded whole", head + "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\nFrom: c@d.example\n\nDentro\n--x--",
			mail.Message{Attachments: []mail.Attachment{{Name: "part-1", Type: "message/rfc822", Bytes: []byte("From: c@d.example\n\nDentro\n")}}}},
		{"parts within parts", head + "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=xy\n\n--xy\nContent-Type: text/plain\n\na\n--xy\nContent-Type: text/html\n\n<p>a\n--xy--\n--x\n\nb\n--x--",
			mail.Message{Plain: "a\n\nb\n", HTML: "<p>a\n"}},
		{"8-bit header in latin-1", head + "Subject: Inauguraci\xf3n\nMessage-ID: <1@b>\nContent-Language: es-PE, en\n\nx", mail.Message{Subject: "Inauguración", ID: "1@b", Lang: "es", Plain: "x"}},
		{"folded and split words", head + "Subject: =?utf-8?B?SW5hdWd1cmFj?=\n =?utf-8?B?acOzbg==?= de obra\n\nx", mail.Message{Subject: "Inauguración de obra", Plain: "x"}},
		{"flowed", head + "Content-Type: text/plain; format=flowed\n\nuna línea \nque sigue\n\notra\n", mail.Message{Plain: "una línea que sigue\n\notra\n"}},
		{"wrapped", head + "\n" + strings.Repeat("palabra ", 8) + "\nque sigue.\n- un punto\n", mail.Message{Plain: strings.Repeat("palabra ", 8) + "que sigue.\n- un punto\n"}},
		{"a boundary that is none", head + "Content-Type: multipart/mixed; boundary=x\n\n--xx\n\nno\n", mail.Message{}},
		{"a broken type", head + "Content-Type: ;;;\n\nTexto", mail.Message{Plain: "Texto"}},
	}
	for _, c := range cases {
		c.want.From, c.want.Published = "a@b.example", "2024-05-17"
		got, err := mail.Parse([]byte(c.in), mail.Limits{})
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, %v;\nwant %+v", c.name, got, err, c.want)
		}
	}
}

func TestFailures(t *testing.T) {
	nested, end := head, ""
	for i := range 20 {
		nested += fmt.Sprintf("Content-Type: multipart/mixed; boundary=x%d\n\n--x%d\n", i, i)
		end = fmt.Sprintf("--x%d--\n", i) + end
	}
	many := head + "Content-Type: multipart/mixed; boundary=x\n\n" + strings.Repeat("--x\nContent-Type: text/plain\n\na\n", 2000)
	for in, want := range map[string]corpus.Reason{
		"": corpus.Malformed, "no header": corpus.Malformed, nested + "\nx\n" + end: corpus.TooLarge, many: corpus.TooLarge,
		head + "Content-Type: multipart/encrypted; boundary=x\n\n": corpus.Refused,
		head + "Content-Type: application/pkcs7-mime\n\n":          corpus.Refused,
	} {
		_, err := mail.Parse([]byte(in), mail.Limits{})
		if f, ok := errors.AsType[*corpus.Failure](err); !ok || f.Reason != want {
			t.Errorf("%.40q: got %v, want %s", in, err, want)
		}
	}
}

func TestMessages(t *testing.T) {
	box := "From a@b Fri May 17 10:00:00 2024\nFrom: a@b\n\nuno\n>From aquí\nFrom entonces 2024 no\n\nFrom c@d Fri May 17 10:00:00 2024\nFrom: c@d\n\n" +
		strings.Repeat("x", 500) + "\n\nFrom e@f Fri May 17 10:00:00 2024\r\nFrom: e@f\r\n\r\ntres"
	var got []string
	for m, err := range mail.Messages(strings.NewReader(box), 200) {
		s := string(m)
		if err != nil {
			s = string(corpus.FailureOf(err).Reason)
		}
		got = append(got, s)
	}
	want := []string{"From: a@b\n\nuno\nFrom aquí\nFrom entonces 2024 no\n\n", "too-large", "From: e@f\r\n\r\ntres"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for range mail.Messages(strings.NewReader(box), 200) {
		break
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(head + "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\nYQ==\n--x\nContent-Disposition: attachment; filename=\"=?utf-8?q?a?=\"\n\n--x--"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := mail.Parse(b, mail.Limits{}); err != nil {
			if _, ok := errors.AsType[*corpus.Failure](err); !ok {
				t.Errorf("%v is no failure", err)
			}
		}
	})
}

func FuzzMessages(f *testing.F) {
	f.Add("From a 2024\nFrom: a\n\nb\n\nFrom c 2024\n>From d")
	f.Fuzz(func(t *testing.T, box string) {
		n := 0
		for m := range mail.Messages(strings.NewReader(box), 1000) {
			n += len(m)
		}
		if n > len(box) {
			t.Errorf("%d bytes of messages from %d", n, len(box))
		}
	})
}
