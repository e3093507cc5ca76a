package form

import "ganlan/fault"

// CheckShape is what Load checks, for a form that stands inside another file: its parts must fit together.
func (d *Definition) CheckShape(at fault.Place) fault.List { return d.shape(at) }
