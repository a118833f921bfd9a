package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vocero/index/terms"
)

// helpful has a verb and those below it say what to write where they cannot be
// asked as they were: the verb or flag that was meant, or how the verb is written.
func helpful(c *cobra.Command) {
	check := c.Args
	c.Args = func(c *cobra.Command, args []string) error {
		if check == nil {
			return nil
		}
		err := check(c, args)
		switch {
		case err == nil:
			return nil
		case c.HasSubCommands() && len(args) > 0:
			return noVerb(c, args[0])
		case strings.HasPrefix(err.Error(), "accepts "), strings.HasPrefix(err.Error(), "requires "), strings.HasPrefix(err.Error(), "unknown command"):
			return fmt.Errorf("write it as: %s; see %s --help", strings.TrimSuffix(c.Parent().CommandPath()+" "+c.Use, " [flags]"), c.CommandPath())
		}
		return err
	}
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		var unknown *pflag.NotExistError
		if errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "" {
			name := unknown.GetSpecifiedName()
			return fmt.Errorf("%s has no flag --%s%s", c.CommandPath(), name, meant("--", name, flagNames(c)))
		}
		return fmt.Errorf("%w; see %s --help", err, c.CommandPath())
	})
	for _, verb := range c.Commands() {
		helpful(verb)
	}
}

func noVerb(c *cobra.Command, name string) error {
	var names []string
	for _, verb := range verbs(c) {
		names = append(names, verb.Name())
	}
	if hint := meant("", name, names); hint != "" {
		return fmt.Errorf("%s has no verb %s%s", c.CommandPath(), printable(name), hint)
	}
	return fmt.Errorf("%s has no verb %s; there are %s", c.CommandPath(), printable(name), strings.Join(names, ", "))
}

func flagNames(c *cobra.Command) (names []string) {
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	c.InheritedFlags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// meant asks whether one of names was, or is "" where none is near.
func meant(mark, name string, names []string) string {
	best, least := "", min(3, len([]rune(name))/2+1)
	for _, other := range names {
		if d := terms.Distance(name, other, least); d < least {
			best, least = other, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %s%s?", mark, best)
}
