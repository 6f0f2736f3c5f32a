// Colorful is the light workload of the cluster tests: it answers with its colour and version, and misbehaves as told.
//
// FAIL_PERCENT, SLOW_PERCENT: of the requests; SLOW_MILLIS: how slow; CRASH_AFTER_SECONDS: after its first request;
// CRASH_AT_START; NEVER_READY; STOP_MILLIS: serves on so long after SIGTERM, until the endpoints are known everywhere.
//
// POST /test/fail?percent=N and /test/metrics?status=N on the management port change how it behaves from then on.
package main

import (
	"context"
	"fmt"
	"log"
	"math/rand/v2"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

var (
	draining atomic.Bool
	failing  atomic.Int64
	telling  atomic.Int64
	crashing sync.Once
	counts   struct {
		sync.Mutex
		codes   map[int]int
		buckets [4]int
		sum     float64
	}
	bounds = [4]float64{0.05, 0.3, 1, 5}
)

func number(name string, otherwise int) int {
	if value, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return value
	}
	return otherwise
}

func count(code int, took time.Duration) {
	counts.Lock()
	defer counts.Unlock()
	counts.codes[code]++
	counts.sum += took.Seconds()
	for i, bound := range bounds {
		if took.Seconds() <= bound {
			counts.buckets[i]++
		}
	}
}

func serve(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	if seconds := number("CRASH_AFTER_SECONDS", 0); seconds > 0 {
		crashing.Do(func() {
			time.AfterFunc(time.Duration(seconds)*time.Second, func() { log.Fatal("crashing, as told") })
		})
	}
	if draining.Load() {
		w.Header().Set("Connection", "close")
	}
	w.Header().Set("X-Release", os.Getenv("VERSION"))
	if rand.IntN(100) < number("SLOW_PERCENT", 0) {
		time.Sleep(time.Duration(number("SLOW_MILLIS", 0)) * time.Millisecond)
	}
	code, outcome := 200, "ok"
	if rand.IntN(100) < int(failing.Load()) {
		code, outcome = 500, "fault"
	}
	w.Header().Set("X-Outcome", outcome)
	w.WriteHeader(code)
	fmt.Fprintf(w, "%s %s\n", os.Getenv("COLOR"), os.Getenv("VERSION"))
	count(code, time.Since(start))
}

func ready(w http.ResponseWriter, _ *http.Request) {
	if draining.Load() || os.Getenv("NEVER_READY") != "" {
		w.WriteHeader(503)
	}
}

// turn lets a number be set by a request's parameter.
func turn(parameter string, number *atomic.Int64) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		value, err := strconv.Atoi(r.URL.Query().Get(parameter))
		if err != nil {
			w.WriteHeader(400)
			return
		}
		number.Store(int64(value))
	}
}

func metrics(w http.ResponseWriter, _ *http.Request) {
	if status := int(telling.Load()); status != 200 {
		w.WriteHeader(status)
		return
	}
	counts.Lock()
	defer counts.Unlock()
	labels := fmt.Sprintf("color=%q,version=%q", os.Getenv("COLOR"), os.Getenv("VERSION"))
	all := 0
	fmt.Fprintln(w, "# TYPE http_requests_total counter")
	for code, n := range counts.codes {
		fmt.Fprintf(w, "http_requests_total{%s,code=\"%d\"} %d\n", labels, code, n)
		all += n
	}
	fmt.Fprintln(w, "# TYPE http_request_duration_seconds histogram")
	for i, bound := range bounds {
		fmt.Fprintf(w, "http_request_duration_seconds_bucket{%s,le=\"%g\"} %d\n", labels, bound, counts.buckets[i])
	}
	fmt.Fprintf(w, "http_request_duration_seconds_bucket{%s,le=\"+Inf\"} %d\n", labels, all)
	fmt.Fprintf(w, "http_request_duration_seconds_sum{%s} %g\n", labels, counts.sum)
	fmt.Fprintf(w, "http_request_duration_seconds_count{%s} %d\n", labels, all)
}

func main() {
	log.SetFlags(log.LUTC | log.LstdFlags)
	counts.codes = map[int]int{}
	failing.Store(int64(number("FAIL_PERCENT", 0)))
	telling.Store(200)
	log.Printf("colorful %s %s", os.Getenv("COLOR"), os.Getenv("VERSION"))
	if os.Getenv("CRASH_AT_START") != "" {
		log.Fatal("crashing at start, as told")
	}
	management := http.NewServeMux()
	management.HandleFunc("GET /health/ready", ready)
	management.HandleFunc("GET /health/live", func(http.ResponseWriter, *http.Request) {})
	management.HandleFunc("GET /metrics", metrics)
	management.HandleFunc("POST /test/fail", turn("percent", &failing))
	management.HandleFunc("POST /test/metrics", turn("status", &telling))
	management.HandleFunc("POST /rollout/v1/drain", func(w http.ResponseWriter, _ *http.Request) {
		draining.Store(true)
		w.WriteHeader(202)
	})
	management.HandleFunc("GET /rollout/v1/release", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"version":%q,"contract":1,"head":0,"reads":[],"writes":[]}`, os.Getenv("VERSION"))
	})
	if url := os.Getenv("LOAD_URL"); url != "" {
		traffic := &load{answers: map[string]int{}, first: map[string]int64{}, last: map[string]int64{}}
		management.HandleFunc("/counts", traffic.tell)
		traffic.run(url, os.Getenv("LOAD_HOST"), os.Getenv("LOAD_HEADERS"), number("LOAD_PER_SECOND", 50),
			number("LOAD_CONNECTIONS", 8), number("LOAD_PER_CONNECTION", 0))
	}
	go func() { log.Fatal(http.ListenAndServe(":9090", management)) }()

	public := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(serve)}
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM)
	stopped := make(chan struct{})
	go func() {
		<-ended
		draining.Store(true)
		time.Sleep(time.Duration(number("STOP_MILLIS", 3000)) * time.Millisecond)
		bounded, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = public.Shutdown(bounded)
		close(stopped)
	}()
	if err := public.ListenAndServe(); err != http.ErrServerClosed {
		log.Fatal(err)
	}
	<-stopped
}
