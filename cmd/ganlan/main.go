// Command ganlan computes interest subsidies and everything around them from a scheme written as data.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/alecthomas/kong"

	"ganlan/fault"
)

// version is written by the build.
var version = "0.1.0-dev"

// Exit codes; docs/files.md explains them.
const (
	exitOK      = 0
	exitProgram = 1 // a fault of the program or the machine
	exitUsage   = 2 // the command line
	exitInput   = 3 // the files were refused
	exitScheme  = 4 // the scheme was refused: not found, faulty, a parameter not given, a year outside
	exitStrict  = 5 // warnings, with --strict
)

// globals are the switches of every command.
type globals struct {
	Lang     string `help:"Language of messages: zh or en." enum:"zh,en" default:"zh" env:"GANLAN_LANG"`
	JSON     bool   `name:"json" help:"Machine-readable output."`
	Quiet    bool   `help:"No progress and no summary."`
	Policies string `help:"Folder of policies to use in place of the built-in ones." placeholder:"DIR" env:"GANLAN_POLICIES"`

	out, err io.Writer
}

func (g *globals) lang() fault.Lang { return fault.Lang(g.Lang) }

// say is the sentence in the user's language.
func (g *globals) say(zh, en string) string {
	if g.lang() == fault.En {
		return en
	}
	return zh
}

type commands struct {
	globals

	Calc    calcCmd    `cmd:"" help:"Compute a year's subsidy from bank files and write the claim."`
	Compute computeCmd `cmd:"" help:"Compute any other scheme (award, ranking, score card, screen, loss, pool, lights) from a table of facts."`
	Explain explainCmd `cmd:"" help:"Explain one contract's amount, day by day and clause by clause."`
	File    fileCmd    `cmd:"" help:"Look at files before they are used, and put files together."`
	Scheme  schemeCmd  `cmd:"" help:"List, show, check, test, explain and compare schemes."`
	Clauses clausesCmd `cmd:"" help:"List the clauses of the documents with the cases and tests that prove them."`
	Payment paymentCmd `cmd:"" help:"Payment batches: write a bank's files, read its answers."`
	Init    initCmd    `cmd:"" help:"Make a data folder: keys and database."`
	User    userCmd    `cmd:"" help:"Accounts, roles and who holds them."`
	Org     orgCmd     `cmd:"" help:"Organisations."`
	Audit   auditCmd   `cmd:"" help:"Verify and export the audit chain."`
	Backup  backupCmd  `cmd:"" help:"Back up a data folder while it is worked in, and test a backup."`
	Restore restoreCmd `cmd:"" help:"Restore a backup into an empty place."`
	Work    workCmd    `cmd:"" help:"Work jobs until asked to stop: the program's service."`
	Job     jobCmd     `cmd:"" help:"Jobs: long work in the background."`
	Key     keyCmd     `cmd:"" help:"Keys: list them, rotate the master key or the key for values."`
	Config  configCmd  `cmd:"" help:"Settings: list them, set one."`
	Doctor  doctorCmd  `cmd:"" help:"Look whether a data folder is well: keys, chain, schema, disk, clock."`
	Papers  papersCmd  `cmd:"" name:"document" help:"Policy documents, kept with their history."`
	Facts   factsCmd   `cmd:"" help:"Loan facts as banks report them, kept with their history."`
	Runs    runCmd     `cmd:"" name:"run" help:"Calculations over stored facts: start, show, verify, explain, export."`
	Demo    demoCmd    `cmd:"" help:"Settle the example county's year and explain one loan."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

func main() {
	debug.SetGCPercent(300) // what is kept is small beside what passes through: fewer collections for some more memory
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program but for the process around it.
func run(args []string, stdout, stderr io.Writer) (code int) {
	c := &commands{}
	c.out, c.err = stdout, stderr
	exited := -1
	parser, err := kong.New(c, kong.Name("ganlan"), kong.Description("橄榄：普惠信贷贴息的计算与说明"), kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exited = code }), kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Bind(&c.globals))
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitProgram
	}
	ctx, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprintln(stderr, "ganlan:", err)
		return exitUsage
	}
	if err := c.checkPolicies(); err != nil {
		return c.report(err)
	}
	return c.report(ctx.Run())
}

// exitError carries an exit code with what went wrong.
type exitError struct {
	code int
	err  error
	note string // said after the faults
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// exit gives an error its code; one that has a code already keeps it.
func exit(code int, err error) error {
	var e *exitError
	if err == nil || errors.As(err, &e) {
		return err
	}
	return &exitError{code: code, err: err}
}

// noted adds what is said after the faults. An error that has its own exit code keeps it.
func noted(err error, note string) error {
	var e *exitError
	if errors.As(err, &e) {
		e.note = note
	}
	return err
}

// errSaid ends a command that has said itself what was wrong.
var errSaid = errors.New("said already")

// report says what went wrong and gives the exit code.
func (c *commands) report(err error) int {
	if err == nil {
		return exitOK
	}
	code := exitProgram
	var e *exitError
	if errors.As(err, &e) {
		code = e.code
	}
	if errors.Is(err, errSaid) {
		return code
	}
	if faults := fault.From(err); faults != nil {
		if code == exitProgram {
			code = exitInput
		}
		c.printFaults(faults)
		if e != nil && e.note != "" && !c.JSON {
			fmt.Fprintln(c.err, e.note)
		}
		return code
	}
	fmt.Fprintln(c.err, "ganlan:", err)
	return exitProgram // whatever was being done: it is not the user's to put right
}

type versionCmd struct{}

func (versionCmd) Run(g *globals) error {
	fmt.Fprintln(g.out, programName())
	return nil
}

func programName() string { return "ganlan " + version }
