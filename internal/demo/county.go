package demo

// County is what was built.
type County struct {
	Dir        string     `json:"data"`
	Database   string     `json:"database"`
	Area       string     `json:"area"`
	Seed       uint64     `json:"seed"`
	Households int        `json:"households"`
	Orgs       int        `json:"organisations"`
	Accounts   int        `json:"accounts"`
	Documents  int        `json:"documents"`
	Schemes    int        `json:"scheme_versions"`
	Imports    []Import   `json:"imports"`
	Runs       []Run      `json:"runs"`
	Verified   int        `json:"runs_verified"`
	Mended     Mended     `json:"mended"`
	Entries    int64      `json:"audit_entries"`
	SignIn     []SignIn   `json:"sign_in"` // shown once, kept nowhere
	Banks      []BankInfo `json:"banks"`
}

// BankInfo is a bank by the number of its organisation.
type BankInfo struct {
	Org  int64  `json:"org"`
	Name string `json:"name"`
}

// Mended is a contract that a later import corrected.
type Mended struct {
	Contract string `json:"contract"`
	Org      int64  `json:"org"`
}

// Import is what one import came to.
type Import struct {
	ID        int64  `json:"import"`
	On        string `json:"on"`
	Org       int64  `json:"org"`
	By        string `json:"by"`
	Added     int    `json:"contracts_added"`
	Changed   int    `json:"contracts_changed"`
	Lines     int    `json:"lines_added"`
	Intervals int    `json:"intervals_added"`
}

// SignIn is how an invented person signs in. Secret is of the time codes; empty for who has none.
type SignIn struct {
	Login    string `json:"login"`
	Name     string `json:"name"`
	Role     string `json:"role"`
	RoleZh   string `json:"role_zh"`
	Org      int64  `json:"org"` // 0 for the first administrators
	Password string `json:"password"`
	Secret   string `json:"secret"`
}
