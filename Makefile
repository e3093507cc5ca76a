# The office's commands; `make` alone lists them. Every recipe stops at the first failure.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
TOOL := go tool -modfile=tools/go.mod

.PHONY: help demo test campaign check bench profile generate build tools

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## work through the example county, from raw files to the claim
	go run ./cmd/ganlan demo

test: tools check ## fetch what tests need, check, then run all tests
	go test ./...

campaign: ## kill, starve and damage data folders by 200 seeds; make test does it by 20
	GANLAN_SEEDS=200 go test ./cmd/ganlan -run FaultCampaign -v -count=1 -timeout 60m

check: ## formatting, vet, staticcheck, known vulnerabilities, module checksums
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "gofmt would change:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	$(TOOL) staticcheck ./...
	@bash .ci/vulnerabilities
	go mod verify

bench: ## time the calculation against the fixed workload, then every kind in a county of 100,000 households
	go run ./bench/run
	go test -run xxx -bench "Annex1_100k|PlainStreamWriter_100k" -benchtime 5x ./form
	go test -run xxx -bench "Award|Ranking" -benchtime 3x ./subsidy
	go test -run xxx -bench "Card100k" -benchtime 3x ./credit
	go test -run xxx -bench "Screen100k" -benchtime 3x ./household
	go test -run xxx -bench "OfACounty" -benchtime 3x ./risk
	go test -run xxx -bench "TableOfACounty" -benchtime 3x ./internal/calc
	go test -run xxx -bench Ledger -benchtime 1x ./internal/store
	go test -run xxx -bench "AuditVerify|FactsImport|Invariants" -benchtime 1x ./internal/desk
	go test -run xxx -bench "RunOfACountyYear" -benchtime 3x ./internal/desk
	go test -run xxx -bench "ExplanationAmongManyLoans" -benchtime 1x -timeout 2h ./internal/desk

profile: ## take the compiler's profile anew, after the hot path changed
	go test ./internal/calc -run xxx -bench Claim -benchtime 100x -cpu 1 -o $${TMPDIR:-/tmp}/ganlan-profile.test -cpuprofile cmd/ganlan/default.pgo

generate: ## write again whatever is written by programs
	go run ./bench/gen -examples examples/dongyang-2025
	go test . -run Written -update

build: ## the one binary, static, in bin/
	CGO_ENABLED=0 go build -trimpath -o bin/ganlan ./cmd/ganlan

tools:
	@go mod download
	@cd tools && go mod download
