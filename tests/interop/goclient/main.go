// Command goclient verifies a log with the packages of the Go project alone: golang.org/x/mod/sumdb/note and tlog.
//
//	goclient BASE-URL VERIFIER-KEY [OLDER-CHECKPOINT-FILE...]
//
// It checks the signature of the checkpoint, recomputes the tree from the served tiles, checks every served entry
// against it with a proof of its own and with the proof that the site serves, and checks that the log extends each
// older checkpoint. It exits with 1 at the first thing that is wrong.
package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	workers    = 16
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: goclient BASE-URL VERIFIER-KEY [OLDER-CHECKPOINT-FILE...]")
		os.Exit(2)
	}
	if err := verify(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "goclient:", err)
		os.Exit(1)
	}
}

func verify(base, key string, older []string) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return err
	}
	signed, err := get(base + "/checkpoint")
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(signed, verifier)
	if err != nil {
		return err
	}
	hashes := tlog.TileHashReader(tree, &site{base})
	records, err := checkEntries(base, tree, hashes)
	if err != nil {
		return err
	}
	proofs, err := checkServedProofs(base, verifier, records)
	if err != nil {
		return err
	}
	for _, file := range older {
		if err := checkOlder(file, verifier, tree, hashes); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	fmt.Printf("verified %d entries, %d served proofs, %d older checkpoints\n", len(records), proofs, len(older))
	return nil
}

// openCheckpoint verifies a signed note and reads the tree in it; tlog.ParseTree wants the origin of the Go sum database.
func openCheckpoint(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint: %w", err)
	}
	origin, rest, _ := strings.Cut(opened.Text, "\n")
	if origin != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("checkpoint of %s, signed by %s", origin, verifier.Name())
	}
	return tlog.ParseTree([]byte("go.sum database tree\n" + rest))
}

// checkEntries fetches every entry and proves each, with tiles that TileHashReader authenticates against the root.
func checkEntries(base string, tree tlog.Tree, hashes tlog.HashReader) ([]tlog.Hash, error) {
	var records []tlog.Hash
	for start := int64(0); start < tree.N; start += 1 << tileHeight {
		tile := tlog.Tile{H: tileHeight, L: 0, N: start >> tileHeight, W: width(tree.N - start)}
		bundle, err := get(base + "/" + strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1))
		if err != nil {
			return nil, err
		}
		for len(bundle) > 0 {
			length := 2 + int(binary.BigEndian.Uint16(bundle))
			records = append(records, tlog.RecordHash(bundle[2:length]))
			bundle = bundle[length:]
		}
	}
	if int64(len(records)) != tree.N {
		return nil, fmt.Errorf("%d entries for a tree of %d", len(records), tree.N)
	}
	for index, record := range records {
		proof, err := tlog.ProveRecord(tree.N, int64(index), hashes)
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", index, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, int64(index), record); err != nil {
			return nil, fmt.Errorf("entry %d: %w", index, err)
		}
	}
	return records, nil
}

// checkServedProofs checks the proof that the site serves for each entry, several at a time.
func checkServedProofs(base string, verifier note.Verifier, records []tlog.Hash) (int, error) {
	results := make(chan error)
	for worker := 0; worker < workers; worker++ {
		go func(first int) {
			var wrong error
			for index := first; index < len(records) && wrong == nil; index += workers {
				wrong = checkServedProof(base, verifier, int64(index), records[index])
			}
			results <- wrong
		}(worker)
	}
	var wrong error
	for worker := 0; worker < workers; worker++ {
		if err := <-results; err != nil {
			wrong = err
		}
	}
	return len(records), wrong
}

func checkServedProof(base string, verifier note.Verifier, index int64, record tlog.Hash) error {
	var served struct {
		Index      int64            `json:"index"`
		Checkpoint string           `json:"checkpoint"`
		Proof      tlog.RecordProof `json:"proof"`
	}
	content, err := fetch(fmt.Sprintf("%s/log/outcomes/%d/proof.json", base, index))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, &served); err != nil {
		return fmt.Errorf("proof %d: %w", index, err)
	}
	tree, err := openCheckpoint([]byte(served.Checkpoint), verifier)
	if err != nil {
		return fmt.Errorf("proof %d: %w", index, err)
	}
	if served.Index != index {
		return fmt.Errorf("proof %d is of entry %d", index, served.Index)
	}
	if err := tlog.CheckRecord(served.Proof, tree.N, tree.Hash, index, record); err != nil {
		return fmt.Errorf("proof %d: %w", index, err)
	}
	return nil
}

func checkOlder(file string, verifier note.Verifier, tree tlog.Tree, hashes tlog.HashReader) error {
	signed, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	old, err := openCheckpoint(signed, verifier)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, old.N, hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash)
}

// site reads tiles by their C2SP tlog-tiles address, which has no height in it.
type site struct{ base string }

func (s *site) Height() int { return tileHeight }

func (s *site) SaveTiles([]tlog.Tile, [][]byte) {}

func (s *site) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var contents [][]byte
	for _, tile := range tiles {
		content, err := get(s.base + "/" + strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		contents = append(contents, content)
	}
	return contents, nil
}

func width(rest int64) int {
	if rest > 1<<tileHeight {
		return 1 << tileHeight
	}
	return int(rest)
}

var kept = map[string][]byte{}

// get keeps what it fetched, as a client of immutable tiles may.
func get(url string) ([]byte, error) {
	if content, ok := kept[url]; ok {
		return content, nil
	}
	content, err := fetch(url)
	if err == nil {
		kept[url] = content
	}
	return content, err
}

func fetch(url string) ([]byte, error) {
	response, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, response.Status)
	}
	return io.ReadAll(response.Body)
}
