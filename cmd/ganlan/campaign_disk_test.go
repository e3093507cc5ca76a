package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"unsafe"
)

// limited runs a program that may make no file longer than its first argument says, in bytes. With «told» a write beyond it
// is refused to the program; with «struck» the system ends the program in the middle of that write.
func limited(args []string) int {
	most, err := strconv.ParseUint(args[0], 10, 64)
	if err == nil {
		err = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: most, Max: most})
	}
	runtime.LockOSThread()
	if err == nil && args[1] == "told" {
		err = blocked(syscall.SIGXFSZ) // a program keeps the signals that are blocked when it begins
	}
	if err == nil {
		err = syscall.Exec(args[2], args[2:], os.Environ())
	}
	fmt.Fprintln(os.Stderr, "limited:", err)
	return 1
}

func blocked(s syscall.Signal) error {
	set := uint64(1) << (s - 1)
	_, _, errno := syscall.RawSyscall6(syscall.SYS_RT_SIGPROCMASK, 0, uintptr(unsafe.Pointer(&set)), 0, unsafe.Sizeof(set), 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}

// cramped runs a program whose data folder lies on a disk of its own with so many bytes, in a name space of its own. The
// folder's files are copied there, and what has become of them to the folder's name with «.out».
func cramped(args []string) int {
	size, dir := args[0], args[1]
	err := os.Rename(dir, dir+".in")
	if err == nil {
		err = os.Mkdir(dir, 0o700)
	}
	if err == nil {
		err = syscall.Mount("tmpfs", dir, "tmpfs", 0, "mode=0700,size="+size)
	}
	if err == nil {
		err = os.CopyFS(dir, os.DirFS(dir+".in"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cramped:", err)
		return noSpace
	}
	_ = os.Mkdir(filepath.Join(dir, "tmp"), 0o700)
	cmd := exec.Command(args[2], args[3:]...)
	cmd.Env = append(os.Environ(), "TMPDIR="+filepath.Join(dir, "tmp"))
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	err = cmd.Run()
	_ = os.RemoveAll(filepath.Join(dir, "tmp"))
	if e := os.CopyFS(dir+".out", os.DirFS(dir)); e != nil {
		fmt.Fprintln(os.Stderr, "cramped:", e)
		return noSpace
	}
	var failed *exec.ExitError
	switch {
	case errors.As(err, &failed):
		return failed.ExitCode()
	case err != nil:
		return noSpace
	}
	return 0
}

// noSpace is the exit code of cramped where the machine gives no disk of its own.
const noSpace = 77

// on runs a command whose disk is too small for it, and gives its exit code and what it said. A disk of its own is used where
// the machine gives one, to root or to a user; else files have a longest length, and writes beyond it fail.
func (c *campaign) on(p place, room int64, command ...string) (code int, said string) {
	c.Helper()
	cmd := exec.Command("cramped", append([]string{strconv.FormatInt(c.size(p)+room, 10), p.dir}, command...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	code, said = exited(c, cmd)
	if code >= 0 && code != noSpace {
		must(c, os.RemoveAll(p.dir))
		must(c, os.Rename(p.dir+".out", p.dir))
		must(c, os.Chmod(filepath.Join(p.dir, "keys", "master"), 0o600))
		return code, said
	}
	c.Logf("no disk of its own (%s): files have a longest length instead", said)
	if _, err := os.Stat(p.dir + ".in"); err == nil {
		must(c, os.RemoveAll(p.dir))
		must(c, os.Rename(p.dir+".in", p.dir))
	}
	return c.within(c.longest(p)+room, "told", command...)
}

// within runs a command that may make no file longer than some bytes.
func (c *campaign) within(most int64, how string, command ...string) (code int, said string) {
	c.Helper()
	cmd := exec.Command("limited", append([]string{strconv.FormatInt(most, 10), how}, command...)...)
	cmd.Env = append(os.Environ(), "TMPDIR="+c.TempDir())
	return exited(c, cmd)
}

// exited runs a program; its code is -1 when it could not be begun or did not end by itself.
func exited(c *campaign, cmd *exec.Cmd) (code int, said string) {
	c.Helper()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		return -1, err.Error()
	}
	return cmd.ProcessState.ExitCode(), out.String()
}

// size is what the files of a place take, page by page.
func (c *campaign) size(p place) (n int64) {
	c.walk(p, func(size int64) { n += (size + 4095) &^ 4095 })
	return n + 8*4096
}

func (c *campaign) longest(p place) (n int64) {
	c.walk(p, func(size int64) { n = max(n, size) })
	return n
}

func (c *campaign) walk(p place, see func(int64)) {
	c.Helper()
	must(c, filepath.WalkDir(p.dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		st, err := d.Info()
		see(st.Size())
		return err
	}))
}

// fillDisk imports where the disk is too small: the import is there whole, or it was refused with what to do and nothing of
// it is there. With room, it works.
func fillDisk(c *campaign) {
	files := c.files(100+c.IntN(200), c.Uint64())
	twin := c.copied(c.place)
	before := c.look(c.place)
	small := c.size(c.place)
	c.whole(importing(twin, files, "1")...)
	after := c.look(twin)
	command := append([]string{c.bin}, append(importing(c.place, files, "1"), "--json")...)
	how := []string{"full", "told", "struck"}[c.IntN(3)]
	var room int64
	var code int
	var said string
	if how == "full" {
		room = c.Int64N(3 * (c.size(twin) - small) / 2) // the new rows stand in the log, then in the file
		code, said = c.on(c.place, room, command...)
	} else {
		room = c.Int64N(c.longest(twin) * 5 / 4)
		code, said = c.within(room, how, command...)
	}
	c.Logf("%s, %d bytes: exit %d", how, room, code)
	c.told(code, how == "struck", said, before, after)
	if code != 0 {
		c.whole(importing(c.place, files, "1")...)
		if got := c.look(c.place); got.without("audit") != after.without("audit") {
			c.Fatalf("with room again:\n%s\nwant:\n%s", got, after)
		}
	}
}

// told checks what came of an act on a failing disk. A refusal may have left an entry of its own, and no more.
func (c *campaign) told(code int, struck bool, said string, before, after state) {
	c.Helper()
	got := c.look(c.place)
	switch {
	case code == 0 && got.String() != after.String():
		c.Fatalf("acknowledged and not there: %s", got)
	case code != 0 && (got.without("audit") != before.without("audit") || got.rows["audit"] > before.rows["audit"]+1):
		c.Fatalf("half-done (exit %d):\n%s\nbefore:\n%s\nafter:\n%s", code, got, before, after)
	case code != 0 && !struck && (code != exitInput || !strings.Contains(said, "DISK_F")):
		c.Fatalf("exit %d, and not told what to do:\n%s", code, said)
	}
}
