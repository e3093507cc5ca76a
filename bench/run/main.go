// Command run is the benchmark of the main job: it makes bank files of several sizes with the project's own generator and
// times the program on them as a whole process, with every check on.
//
//	go run ./bench/run [-sizes 10000,100000,1000000] [-runs 5] [-dir DIR]
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	sizes := flag.String("sizes", "10000,100000,1000000", "contracts, about 10 events each")
	runs := flag.Int("runs", 5, "counted runs of each; the median is shown")
	dir := flag.String("dir", filepath.Join(os.TempDir(), "ganlan-bench"), "folder for the files; kept between runs")
	flag.Parse()
	if err := bench(*dir, strings.Split(*sizes, ","), *runs); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// figure is one run of the whole process.
type figure struct {
	wall, cpu time.Duration
	peakKiB   int64
}

func bench(dir string, sizes []string, runs int) error {
	bin := filepath.Join(dir, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return err
	}
	if err := command("go", "build", "-o", bin+string(filepath.Separator), "./cmd/ganlan", "./bench/gen").Run(); err != nil {
		return fmt.Errorf("building: %w", err)
	}
	fmt.Printf("%-12s %-8s %10s %10s %12s %14s\n", "contracts", "workers", "wall s", "cpu s", "peak MiB", "cpu µs/contract")
	for _, size := range sizes {
		n, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		data := filepath.Join(dir, size)
		if _, err := os.Stat(filepath.Join(data, "contracts.csv")); err != nil {
			if err := command(filepath.Join(bin, "gen"), "-n", size, "-style", "plain", "-dir", data).Run(); err != nil {
				return fmt.Errorf("generating %s contracts: %w", size, err)
			}
		}
		for _, workers := range []string{"1", "2"} {
			f, err := median(runs, func() (figure, error) { return once(bin, data, workers) })
			if err != nil {
				return err
			}
			fmt.Printf("%-12s %-8s %10.3f %10.3f %12.1f %14.2f\n", size, workers, f.wall.Seconds(), f.cpu.Seconds(), float64(f.peakKiB)/1024,
				float64(f.cpu.Microseconds())/float64(n))
		}
	}
	return nil
}

func command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Stderr = os.Stderr
	return c
}

// once times one claim of the benchmark rule.
func once(bin, data, workers string) (figure, error) {
	at := func(name string) string { return filepath.Join(data, name) }
	c := command(filepath.Join(bin, "ganlan"), "calc", "--scheme", "bench/w", "--year", "2025", "--contracts", at("contracts.csv"),
		"--ledger", at("ledger.csv"), "--list", at("list.csv"), "--out", at("out"), "--workers", workers, "--quiet")
	start := time.Now()
	if err := c.Run(); err != nil {
		return figure{}, fmt.Errorf("calc: %w", err)
	}
	use := c.ProcessState.SysUsage().(*syscall.Rusage)
	return figure{time.Since(start), c.ProcessState.UserTime() + c.ProcessState.SystemTime(), use.Maxrss}, nil
}

// median runs once more than counted, to warm the caches, and gives the middle of each figure.
func median(runs int, run func() (figure, error)) (m figure, err error) {
	var all []figure
	for i := -1; i < runs; i++ {
		f, err := run()
		if err != nil {
			return m, err
		}
		if i >= 0 {
			all = append(all, f)
		}
	}
	middle := func(key func(figure) int64) int64 {
		xs := make([]int64, len(all))
		for i, f := range all {
			xs[i] = key(f)
		}
		slices.Sort(xs)
		return xs[len(xs)/2]
	}
	m.wall = time.Duration(middle(func(f figure) int64 { return int64(f.wall) }))
	m.cpu = time.Duration(middle(func(f figure) int64 { return int64(f.cpu) }))
	m.peakKiB = middle(func(f figure) int64 { return f.peakKiB })
	return m, nil
}
