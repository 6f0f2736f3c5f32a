// Pack writes a Docker archive around one static program: pack PROGRAM NAME:TAG FILE.tar
package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"runtime"
)

func main() {
	program, err := os.ReadFile(os.Args[1])
	check(err)
	layer := tarOf(map[string][]byte{"program": program}, 0o755)
	config, err := json.Marshal(map[string]any{
		"architecture": runtime.GOARCH,
		"os":           "linux",
		"config":       map[string]any{"User": "1000", "Entrypoint": []string{"/program"}},
		"rootfs":       map[string]any{"type": "layers", "diff_ids": []string{fmt.Sprintf("sha256:%x", sha256.Sum256(layer))}},
	})
	check(err)
	manifest, err := json.Marshal([]map[string]any{{
		"Config": "config.json", "RepoTags": []string{os.Args[2]}, "Layers": []string{"layer.tar"},
	}})
	check(err)
	check(os.WriteFile(os.Args[3], tarOf(map[string][]byte{
		"config.json": config, "layer.tar": layer, "manifest.json": manifest,
	}, 0o644), 0o644))
}

func tarOf(files map[string][]byte, mode int64) []byte {
	var out bytes.Buffer
	writer := tar.NewWriter(&out)
	for name, content := range files {
		check(writer.WriteHeader(&tar.Header{Name: name, Mode: mode, Size: int64(len(content))}))
		_, err := writer.Write(content)
		check(err)
	}
	check(writer.Close())
	return out.Bytes()
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
