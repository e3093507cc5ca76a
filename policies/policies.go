// Package policies is the policies as data, embedded in the program; a directory can take their place at run time.
package policies

import "embed"

// FS is the tree of policies: one folder an area, one folder a scheme in it, and standard.
//
//go:embed *
var FS embed.FS
