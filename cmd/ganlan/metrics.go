package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"ganlan/fault"
	"ganlan/internal/desk"
	"ganlan/internal/queue"
)

var faultMetrics = &fault.Def{Code: "METRICS_ADDRESS", What: "不能在“{addr}”提供指标：{text}", Do: "写成 127.0.0.1:9464 的样式，端口未被占用",
	WhatEn: "metrics cannot be served at {addr}: {text}", DoEn: "write it like 127.0.0.1:9464, with a port that is free"}

// metrics are the process's numbers on a port of their own. No label names a person, a loan or a village.
type metrics struct{ server *http.Server }

func serveMetrics(addr string, d *desk.Desk, log *slog.Logger) (*metrics, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, exit(exitUsage, faultMetrics.New().Set("addr", addr).Set("text", errors.Unwrap(err).Error()))
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(gauges(d, log), promhttp.HandlerOpts{}))
	m := &metrics{&http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute}}
	log.Info("metrics", "address", l.Addr().String())
	go func() { _ = m.server.Serve(l) }() // ends with stop
	return m, nil
}

func (m *metrics) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return m.server.Shutdown(ctx)
}

// gauges are all numbers: those of the database are asked for whenever somebody looks, the time of steps is this process's.
func gauges(d *desk.Desk, log *slog.Logger) *prometheus.Registry {
	r := prometheus.NewRegistry()
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "ganlan_step_seconds", Help: "Time of the steps of jobs worked by this process.",
		Buckets: []float64{.1, .5, 1, 5, 15, 30, 60, 120, 300, 600}}, []string{"kind", "step", "state"})
	d.Jobs.Seen = func(e queue.Event) { seconds.WithLabelValues(e.Kind, e.Step, e.State).Observe(e.Took.Seconds()) }
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "ganlan_build_info", Help: "The program; always 1."}, []string{"version", "go"})
	build.WithLabelValues(version, runtime.Version()).Set(1)
	r.MustRegister(seconds, build, &measured{d, log}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return r
}

// measured are the numbers of the database.
type measured struct {
	d   *desk.Desk
	log *slog.Logger
}

var (
	jobsGauge    = prometheus.NewDesc("ganlan_jobs", "Jobs by kind and state.", []string{"kind", "state"}, nil)
	queueAge     = prometheus.NewDesc("ganlan_queue_age_seconds", "How long the step has waited that has waited longest; 0 when none waits.", nil, nil)
	heartbeatAge = prometheus.NewDesc("ganlan_heartbeat_age_seconds", "How long ago a process at work said that it lives, by its clock and ours.", []string{"node"}, nil)
	entriesTotal = prometheus.NewDesc("ganlan_audit_entries_total", "Entries of the audit chain.", nil, nil)
	databaseUp   = prometheus.NewDesc("ganlan_database_up", "1 when the database answered.", nil, nil)
)

// Describe names the numbers.
func (m *measured) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{jobsGauge, queueAge, heartbeatAge, entriesTotal, databaseUp} {
		to <- d
	}
}

// Collect asks for them. A database that does not answer is a number too.
func (m *measured) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	x, err := m.d.JobMeasures(ctx, systemAdmin())
	if err != nil {
		m.log.Warn("metrics", "error", err.Error())
		gauge(databaseUp, 0)
		return
	}
	gauge(databaseUp, 1)
	gauge(queueAge, x.QueueAge.Seconds())
	to <- prometheus.MustNewConstMetric(entriesTotal, prometheus.CounterValue, float64(x.Entries))
	for _, c := range x.Jobs {
		gauge(jobsGauge, float64(c.N), c.Kind, c.State)
	}
	for name, age := range x.Heartbeats {
		gauge(heartbeatAge, age.Seconds(), name)
	}
}
