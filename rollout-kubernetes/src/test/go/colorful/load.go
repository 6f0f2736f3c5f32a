package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// load sends requests at a steady rate over a few connections that stay open, and tells what came back.
//
// LOAD_URL; LOAD_HOST: the Host header; LOAD_PER_SECOND; LOAD_CONNECTIONS; LOAD_HEADERS: name=value,…;
// LOAD_PER_CONNECTION: requests until a connection is given up for another, 0 for never
type load struct {
	sync.Mutex
	answers map[string]int
	first   map[string]int64
	last    map[string]int64
	failed  int
	why     string
}

func (l *load) once(client *http.Client, url, host, headers string) {
	request, err := http.NewRequest("GET", url, nil)
	if err != nil {
		l.fail(err.Error())
		return
	}
	request.Host = host
	for _, header := range strings.Split(headers, ",") {
		if name, value, found := strings.Cut(header, "="); found {
			request.Header.Set(name, value)
		}
	}
	response, err := client.Do(request)
	if err != nil {
		l.fail(err.Error())
		return
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil || response.StatusCode != 200 {
		l.fail(fmt.Sprint(response.StatusCode, " ", string(body), " ", err))
		return
	}
	color, _, _ := strings.Cut(string(body), " ")
	l.Lock()
	defer l.Unlock()
	l.answers[color]++
	l.last[color] = time.Now().UnixMilli()
	if l.answers[color] == 1 {
		l.first[color] = l.last[color]
	}
}

func (l *load) fail(why string) {
	l.Lock()
	defer l.Unlock()
	l.failed++
	l.why = why
}

func (l *load) run(url, host, headers string, perSecond, connections, perConnection int) {
	for i := 0; i < connections; i++ {
		client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 1}}
		pause := time.Second * time.Duration(connections) / time.Duration(perSecond)
		go func() {
			sent := 0
			for range time.Tick(pause) {
				l.once(client, url, host, headers)
				if sent++; perConnection > 0 && sent%perConnection == 0 {
					client.CloseIdleConnections()
				}
			}
		}()
	}
}

func (l *load) tell(w http.ResponseWriter, r *http.Request) {
	l.Lock()
	defer l.Unlock()
	_ = json.NewEncoder(w).Encode(map[string]any{
		"answers": l.answers, "first": l.first, "last": l.last, "failed": l.failed, "why": l.why, "now": time.Now().UnixMilli()})
	if r.Method == "POST" {
		l.answers, l.first, l.failed, l.why = map[string]int{}, map[string]int64{}, 0, ""
	}
}
