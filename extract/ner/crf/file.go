package crf

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// magic begins a model file; its digit is the version of the features, which
// changes when a model trained with others could not be used.
const magic = "vocero-names-3\n"

// maxHeader and maxBits bound what a damaged file can ask for.
const (
	maxHeader = 64 << 10
	maxBits   = 22
	maxList   = 4 << 20
)

// Write writes the model: the magic line, the header as JSON, then weights,
// transitions and lexicon, deflated. The same model gives the same bytes.
func (m *Model) Write(w io.Writer) error {
	header, err := json.Marshal(m.Header)
	if err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	var b bytes.Buffer
	b.WriteString(magic)
	b.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(header))))
	b.Write(header)
	z, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	x := m.lexicon
	for _, part := range []any{m.weights, m.transitions, uint32(len(x.Names)), x.Names, x.NameBits,
		uint32(len(x.Clusters)), x.Clusters, x.ClusterIDs, uint32(len(x.Broad)), x.Broad} {
		if err := binary.Write(z, binary.LittleEndian, part); err != nil {
			return fmt.Errorf("write model: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// Read reads a model that Write wrote.
func Read(r io.Reader) (*Model, error) {
	m, err := read(r)
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	return m, nil
}

func read(r io.Reader) (*Model, error) {
	h, err := readHeader(r)
	if err != nil {
		return nil, err
	}
	z := flate.NewReader(r)
	m := &Model{Header: h, weights: make([]int8, Labels<<h.Bits), lexicon: &Lexicon{}}
	raw := make([]byte, len(m.weights))
	if _, err := io.ReadFull(z, raw); err != nil {
		return nil, err
	}
	for i, b := range raw {
		m.weights[i] = int8(b)
	}
	if err := binary.Read(z, binary.LittleEndian, &m.transitions); err != nil {
		return nil, err
	}
	x := m.lexicon
	if x.Names, x.NameBits, err = readList(z); err != nil {
		return nil, err
	}
	if x.Clusters, x.ClusterIDs, err = readList(z); err != nil {
		return nil, err
	}
	x.Broad, err = readNumbers(z)
	return m, err
}

func readNumbers(r io.Reader) ([]uint16, error) {
	var n uint32
	if err := binary.Read(r, binary.LittleEndian, &n); err != nil {
		return nil, err
	}
	if n > 1<<16 {
		return nil, fmt.Errorf("a list of %d classes", n)
	}
	values := make([]uint16, n)
	return values, binary.Read(r, binary.LittleEndian, values)
}

func readHeader(r io.Reader) (Header, error) {
	start := make([]byte, len(magic)+4)
	if _, err := io.ReadFull(r, start); err != nil {
		return Header{}, err
	}
	if string(start[:len(magic)]) != magic {
		return Header{}, errors.New("not a model of this version")
	}
	n := binary.LittleEndian.Uint32(start[len(magic):])
	if n > maxHeader {
		return Header{}, errors.New("the header is too long")
	}
	header := make([]byte, n)
	if _, err := io.ReadFull(r, header); err != nil {
		return Header{}, err
	}
	var h Header
	if err := json.Unmarshal(header, &h); err != nil {
		return Header{}, err
	}
	if h.Bits < 1 || h.Bits > maxBits {
		return Header{}, fmt.Errorf("a model of %d bits", h.Bits)
	}
	return h, nil
}

func readList(r io.Reader) ([]uint32, []uint16, error) {
	var n uint32
	if err := binary.Read(r, binary.LittleEndian, &n); err != nil {
		return nil, nil, err
	}
	if n > maxList {
		return nil, nil, fmt.Errorf("a list of %d words", n)
	}
	keys, values := make([]uint32, n), make([]uint16, n)
	if err := binary.Read(r, binary.LittleEndian, keys); err != nil {
		return nil, nil, err
	}
	return keys, values, binary.Read(r, binary.LittleEndian, values)
}
