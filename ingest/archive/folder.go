package archive

import (
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Folder is an archive's files, by name.
type Folder struct {
	nodes map[string]*node
}

// node is a file or folder of an archive.
type node struct {
	name     string // its last part
	size     int64
	folder   bool
	children []string // full names, sorted; of a folder
	open     func() (io.ReadCloser, error)
}

func newFolder() *Folder {
	return &Folder{nodes: map[string]*node{".": {name: ".", folder: true}}}
}

// add puts a file under its name. A name that leads elsewhere is kept where it
// can be seen, and refused when it is opened. Of two files with one name the
// last counts, as when they are unpacked.
func (f *Folder) add(name string, size int64, open func() (io.ReadCloser, error)) {
	clean := path.Clean(strings.ReplaceAll(name, `\`, "/"))
	if !fs.ValidPath(clean) || len(clean) > 1 && clean[1] == ':' {
		open = func() (io.ReadCloser, error) { return nil, refused("the name %q leads out of the archive", name) }
		clean = inner(clean)
	}
	if clean == "." || f.nodes[clean] != nil && f.nodes[clean].folder {
		return
	}
	if f.nodes[clean] == nil && !f.link(clean) {
		return
	}
	f.nodes[clean] = &node{name: path.Base(clean), size: size, open: open}
}

// inner makes a name that leads out of the archive one within it.
func inner(name string) string {
	var parts []string
	for part := range strings.SplitSeq(name, "/") {
		if part != "" && part != "." && part != ".." {
			parts = append(parts, strings.ReplaceAll(part, ":", "_"))
		}
	}
	name = strings.ToValidUTF8(strings.Join(parts, "/"), "_")
	if !fs.ValidPath(name) {
		return "."
	}
	return name
}

// link notes name in its folder, and that in its own. It says no where a file
// stands in the folder's place.
func (f *Folder) link(name string) bool {
	dir := path.Dir(name)
	n := f.nodes[dir]
	if n == nil {
		if !f.link(dir) {
			return false
		}
		n = &node{name: path.Base(dir), folder: true}
		f.nodes[dir] = n
	}
	if !n.folder {
		return false
	}
	if at, found := slices.BinarySearch(n.children, name); !found {
		n.children = slices.Insert(n.children, at, name)
	}
	return true
}

// Has says whether there is a file of that name.
func (f *Folder) Has(name string) bool {
	n := f.nodes[name]
	return n != nil && !n.folder
}

// Open is fs.FS's.
func (f *Folder) Open(name string) (fs.File, error) {
	n, err := f.find("open", name)
	if err != nil {
		return nil, err
	}
	if n.folder {
		return &openFolder{folder: f, node: n}, nil
	}
	r, err := n.open()
	if err != nil {
		return nil, err
	}
	return &openFile{ReadCloser: r, node: n}, nil
}

// Stat is fs.StatFS's.
func (f *Folder) Stat(name string) (fs.FileInfo, error) {
	n, err := f.find("stat", name)
	if err != nil {
		return nil, err
	}
	return n, nil
}

func (f *Folder) find(op, name string) (*node, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	n := f.nodes[name]
	if n == nil {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return n, nil
}

type openFile struct {
	io.ReadCloser
	node *node
}

func (o *openFile) Stat() (fs.FileInfo, error) { return o.node, nil }

type openFolder struct {
	folder *Folder
	node   *node
	read   int
}

func (o *openFolder) Stat() (fs.FileInfo, error) { return o.node, nil }
func (o *openFolder) Close() error               { return nil }
func (o *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: o.node.name, Err: fs.ErrInvalid}
}

func (o *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	left := o.node.children[o.read:]
	if n > 0 && len(left) == 0 {
		return nil, io.EOF
	}
	if n > 0 && len(left) > n {
		left = left[:n]
	}
	o.read += len(left)
	entries := make([]fs.DirEntry, len(left))
	for i, name := range left {
		entries[i] = fs.FileInfoToDirEntry(o.folder.nodes[name])
	}
	return entries, nil
}

// The methods of fs.FileInfo.

func (n *node) Name() string       { return n.name }
func (n *node) Size() int64        { return n.size }
func (n *node) ModTime() time.Time { return time.Time{} }
func (n *node) IsDir() bool        { return n.folder }
func (n *node) Sys() any           { return nil }
func (n *node) Mode() fs.FileMode {
	if n.folder {
		return fs.ModeDir | 0o555
	}
	return 0o444
}
