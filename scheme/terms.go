package scheme

// terms are the parameters of the open points that other steps than the calculation act on: the name list, the checks,
// the procedure, the print. They are stated with their clause in the scheme and read by those steps.
var terms = []string{
	// OP-22, 23, 27 … 29: who is on the list
	"exclude_dibao", "exclude_dibian", "exclude_tekun", "income_ceiling", "ceiling_inclusive", "allow_manual_inclusion",
	"min_age", "max_age", "extended_max_age", "allow_substitute_applicant", "max_loans_per_household", "bar_public_payroll",
	// OP-06, 07, 17, 24: what a claim holds
	"avg_rate_cap_mode", "used_amount_basis", "claim_scope", "min_jobs", "min_job_share", "job_test_dates",
	// OP-03: comparison with the bank
	"recon_tolerance",
	// OP-20, 37: dates and lines
	"valid_from", "data_from", "line_months", "max_term_months", "maturity_within_line", "rate_reset",
	// OP-25, 36
	"exclusivity_level", "rate_uplift",
	// OP-58, 59: room for lending, bars
	"leverage_max", "lending_quota", "late_bar", "blacklist_term",
	// OP-38 … 44: procedure and forms
	"audit_by", "audit_stage", "approval_chain", "sanction_scope", "sanction_term", "required_checks", "product_aliases", "id_kind",
	"notice_days", "notice_rounds", "mask_rule", // OP-47
	// OP-77 … 79
	"print_unit", "time_zone", "scheme_status",
}
