# Galley: `make` prints this help; CONTRIBUTING.md maps each target to its Maven commands.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

PIPELINE ?= bookstore
GALLEY := bin/galley
# An earlier Maven is taken as it is; without one, the wrapper fetches its own.
MAVEN := JAVA_HOME="$$(bin/find-jdk)" $(shell command -v mvn >/dev/null && echo mvn || echo ./mvnw) -B -ntp

.PHONY: help
help: ## Print this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

.PHONY: lakehouse
lakehouse: build ## From nothing to a published bookstore lakehouse; again: only what is new
	@bin/lakehouse

.PHONY: nightly
nightly: build ## One day passes at the bookstore; take its changes and publish them
	@bin/lakehouse --next-day

.PHONY: spark-sql
spark-sql: build ## The spark-sql shell on the lakehouse; it prints the variables for queries back in time
	@$(GALLEY) sql

.PHONY: bad-day
bad-day: build ## A day with wrong totals: the audit blocks it, readers keep yesterday
	@bin/bad-day

.PHONY: heal
heal: build ## Mend the bookstore's figures; then type what the block printed
	@bin/bookstore start -q
	@bin/bookstore heal
	@echo "What a blocked run took of them: bin/galley discard RUN --refetch, then make lakehouse"

.PHONY: bad-rows
bad-rows: build ## A few bad rows for tomorrow: make nightly quarantines them
	@bin/bookstore start -q
	@bin/bookstore fault bad_rows

.PHONY: down
down: ## Stop the object store and the bookstore of this machine
	@if [ -f ingest/target/ingest.jar ]; then $(GALLEY) down; fi
	-@if [ -f data/bookstore/target/bookstore.jar ]; then bin/bookstore stop; fi

.PHONY: build
build: ## Build the programs, if a source changed since
	@bin/build $(MAVEN_ARGS)

.PHONY: minio
minio: ## Build MinIO's server with Go, if there is none yet
	@$(GALLEY) up --minio-only

.PHONY: test
test: build ## All tests; needs a MinIO server: make minio
	@$(MAVEN) -T 3 test -Dmaven.compiler.useIncrementalCompilation=false

.PHONY: cluster-test
cluster-test: build stock-jars ## The bookstore on a stock Spark, master and worker as processes (SPARK_DIST, else 345 MB from PyPI)
	@bin/cluster-test

STOCK_JARS := spark-jobs/target/stock-jars
.PHONY: stock-jars
stock-jars: $(STOCK_JARS)/.complete ## Fetch what a stock Spark 3.5 lacks (340 MB), for bin/galley with SPARK_HOME set

$(STOCK_JARS)/.complete: pom.xml spark-jobs/pom.xml
	@rm -rf $(STOCK_JARS)
	@$(MAVEN) -q -pl spark-jobs dependency:copy@stock-jars
	@touch $@

# Minutes each, on worlds of their own under data/e2e/target.
SLOW = PATH="$$PATH:$$HOME/go/bin" $(MAVEN) -q -pl data/e2e -am test -Dspotless.check.skip=true -DexcludedGroups=none \
	-Dsurefire.failIfNoSpecifiedTests=false

.PHONY: kill-test
kill-test: build ## kill -9 of ingest and run at random moments; then the published state is an undisturbed one's (SEED=…)
	@$(SLOW) -Dtest=KillTest $(if $(SEED),-Dseed=$(SEED))

.PHONY: kill-ingest-test
kill-ingest-test: build ## kill -9 of an ingest at 20 random moments; each record is landed once (SEED=…)
	@$(SLOW) -Dtest=KillIngestTest $(if $(SEED),-Dseed=$(SEED))

.PHONY: history-test
history-test: build ## A night costs the same with ten times the history
	@$(SLOW) -Dtest=HistoryTest

.PHONY: strangers
strangers: build ## 44 small pipelines as strangers wrote them, against sources with manners of their own (CASE=…)
	@$(SLOW) -Dtest=StrangersTest $(if $(CASE),-Dcase='$(CASE)')

.PHONY: bench
bench: build ## What ingest, each stage of a run and proofing cost (ORDERS=100000,1000000)
	@$(SLOW) -Dtest=Bench -Dorders=$(or $(ORDERS),100000)

.PHONY: bench-ingest
bench-ingest: build ## What fetching and landing costs, by style and latency, against curl (ORDERS=1000000 ROWS=)
	@$(SLOW) -Dtest=BenchIngest $(if $(ORDERS),-Dorders=$(ORDERS)) $(if $(ROWS),-Drows='$(ROWS)')

# Minutes each too; these need no services but a PostgreSQL, which the tests bring.
SLOW_CATALOG = $(MAVEN) -q -pl catalog -am test -Dspotless.check.skip=true -DexcludedGroups=none \
	-Dsurefire.failIfNoSpecifiedTests=false

.PHONY: postgres
postgres: ## A PostgreSQL on loopback to try Galley on, until Ctrl-C (PORT=54329)
	@$(SLOW_CATALOG) -Dtest=PostgresByHand -Dport=$(or $(PORT),54329)

.PHONY: crash-matrix
crash-matrix: ## A publishing process halted at every step, on SQLite and PostgreSQL (REPEATS=20)
	@$(SLOW_CATALOG) -Dtest=CrashMatrix -Drepeats=$(or $(REPEATS),20)
	@$(MAVEN) -q -pl spark-jobs -am test -Dspotless.check.skip=true -DexcludedGroups=none -Dsurefire.failIfNoSpecifiedTests=false \
		-Dtest=CrashedRunMatrix

.PHONY: differential
differential: ## Pipelines and their lives drawn from seeds, on real Spark, against what they mean (SEEDS=1..250)
	@$(MAVEN) -q -pl spark-jobs -am test -Dspotless.check.skip=true -Dsurefire.failIfNoSpecifiedTests=false \
		-Dtest=DifferentialTest -Dseeds=$(or $(SEEDS),1..250)

.PHONY: publish-stress
publish-stress: ## 1,000 lost answers, 10,000 seeded schedules, 8 processes at once (SCHEDULES=10000, SEED=…)
	@$(SLOW_CATALOG) -Dtest='AmbiguousCommitTest,SchedulesTest,ConcurrencyTest' \
		-Dschedules=$(or $(SCHEDULES),10000) $(if $(SEED),-Dseed=$(SEED))

.PHONY: bench-publish
bench-publish: ## What publishing 1, 20 and 200 tables costs, against Iceberg's own commits table by table
	@$(SLOW_CATALOG) -Dtest=BenchPublish

.PHONY: check
check: test ## What a reviewer runs

.PHONY: format
format: ## Format Java and poms
	@$(MAVEN) spotless:apply

.PHONY: clean
clean: down ## Stop all, remove builds and data
	@rm -rf .galley
	@find . -name target -type d -not -path './.git/*' -prune -exec rm -rf {} +

.PHONY: distclean
distclean: clean ## As clean, and the downloads of the wrapper too
	@rm -rf .mvn/wrapper/dists
