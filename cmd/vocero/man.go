package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (p *program) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man DIR",
		Short: "Write the manual pages into a folder",
		Long: `Writes a manual page for vocero and one for each verb into a folder, for man to
find; which folders those are, manpath says.`,
		Example:           "  vocero man ~/.local/share/man/man1 && man vocero-search",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: folders,
		RunE: func(c *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			return writeManuals(args[0], c.Root())
		},
	}
}

// writeManuals writes the pages of c and of the verbs below it.
func writeManuals(folder string, c *cobra.Command) error {
	path := filepath.Join(folder, manualName(c)+".1")
	if err := os.WriteFile(path, manual(c), 0o644); err != nil {
		return err
	}
	for _, verb := range verbs(c) {
		if err := writeManuals(folder, verb); err != nil {
			return err
		}
	}
	return nil
}

// verbs are the commands below c that have a page.
func verbs(c *cobra.Command) []*cobra.Command {
	var all []*cobra.Command
	for _, verb := range c.Commands() {
		if verb.IsAvailableCommand() && verb.Name() != "help" && verb.Name() != "completion" {
			all = append(all, verb)
		}
	}
	return all
}

func manualName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// manual is the page of c for man(7).
func manual(c *cobra.Command) []byte {
	var m roff
	m.macro("TH", strings.ToUpper(manualName(c)), "1", "", "vocero "+version(), "Vocero manual")
	m.macro("SH", "NAME")
	m.line(m.code(manualName(c) + " - " + lowerFirst(c.Short)))
	m.macro("SH", "SYNOPSIS")
	m.line(`\fB` + m.code(c.CommandPath()) + `\fR` + m.code(strings.TrimPrefix(c.UseLine(), c.CommandPath())))
	m.macro("SH", "DESCRIPTION")
	m.text(describe(c))
	if c.HasParent() {
		m.options("OPTIONS", c.NonInheritedFlags())
		m.options("OPTIONS OF ALL VERBS", c.InheritedFlags())
	} else {
		m.options("OPTIONS", c.Flags())
	}
	if c.Example != "" {
		m.macro("SH", "EXAMPLES")
		m.literal(strings.Split(c.Example, "\n"))
	}
	if !c.HasParent() {
		m.list("EXIT STATUS", exitMeanings())
		m.list("ENVIRONMENT", environment[:])
	}
	m.seeAlso(c)
	return m.Bytes()
}

func describe(c *cobra.Command) string {
	if !c.HasParent() {
		return about
	}
	if c.Long == "" {
		return c.Short + "."
	}
	return c.Long
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// roff is a page in the making.
type roff struct{ bytes.Buffer }

func (m *roff) macro(name string, args ...string) {
	fmt.Fprintf(m, ".%s", name)
	for _, a := range args {
		fmt.Fprintf(m, " \"%s\"", strings.ReplaceAll(m.code(a), `"`, `\(dq`))
	}
	m.WriteByte('\n')
}

// code is s as it is typed: without it, a hyphen, a quote or a tilde would be
// set as another character.
func (m *roff) code(s string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "~", `\(ti`, "^", `\(ha`).Replace(s)
}

// line writes one line that is no macro.
func (m *roff) line(s string) {
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, `\(aq`) {
		s = `\&` + s
	}
	m.WriteString(s + "\n")
}

// text writes paragraphs, with blank lines between; lines that are set in stay
// as they are.
func (m *roff) text(s string) {
	for i, paragraph := range strings.Split(strings.TrimSpace(s), "\n\n") {
		if i > 0 {
			m.macro("PP")
		}
		lines := strings.Split(paragraph, "\n")
		for len(lines) > 0 {
			n := 0
			for n < len(lines) && strings.HasPrefix(lines[n], "  ") == strings.HasPrefix(lines[0], "  ") {
				n++
			}
			if strings.HasPrefix(lines[0], "  ") {
				m.literal(lines[:n])
			} else {
				m.line(m.code(strings.Join(lines[:n], " ")))
			}
			lines = lines[n:]
		}
	}
}

func (m *roff) literal(lines []string) {
	m.WriteString(".RS 4\n.nf\n")
	for _, line := range lines {
		m.line(m.code(strings.TrimPrefix(line, "  ")))
	}
	m.WriteString(".fi\n.RE\n")
}

func (m *roff) options(title string, flags *pflag.FlagSet) {
	var items [][2]string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if value != "" {
			name += " " + value
		}
		if !strings.Contains(usage, "(default") && f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" && f.DefValue != "[]" {
			usage += " (default " + f.DefValue + ")"
		}
		items = append(items, [2]string{name, usage})
	})
	m.list(title, items)
}

// list writes items with what each means, if there are any.
func (m *roff) list(title string, items [][2]string) {
	if len(items) == 0 {
		return
	}
	m.macro("SH", title)
	for _, item := range items {
		m.WriteString(".TP\n")
		m.line(`\fB` + m.code(item[0]) + `\fR`)
		m.line(m.code(item[1]))
	}
}

func (m *roff) seeAlso(c *cobra.Command) {
	var pages []string
	if c.HasParent() {
		pages = append(pages, manualName(c.Parent()))
	}
	for _, verb := range verbs(c) {
		pages = append(pages, manualName(verb))
	}
	for i, page := range pages {
		pages[i] = `\fB` + m.code(page) + `\fR(1)`
	}
	m.macro("SH", "SEE ALSO")
	m.line(strings.Join(pages, ", "))
}
