# annalist: build, test, install. `make help` lists the targets.
SHELL      := /bin/bash
PREFIX     ?= /usr/local
DESTDIR    ?=
BUILD      ?= release
CC         ?= gcc
VERSION    := 0.1.0

# Debian packages: what the program is built with, what the demo needs, what tests and checks need.
PACKAGES       := gcc g++ make pkg-config liblua5.4-dev lua-lpeg-dev lua-lpeg libsqlite3-dev libicu-dev libedit-dev \
                  nettle-dev libxml2-dev libarchive-dev zlib1g-dev libuchardet-dev libcld2-dev libpoppler-glib-dev lua-argparse
TEST_PACKAGES  := lua-busted libcmocka-dev tmux chromium git
CHECK_PACKAGES := clang clang-tidy cppcheck lua-check libclang-rt-14-dev

MODULES    := lua5.4 sqlite3 icu-i18n icu-uc libedit nettle libxml-2.0 libarchive zlib uchardet
OUT        := build/$(BUILD)
SOURCES    := $(sort $(shell find core -name '*.c'))
OBJECTS    := $(SOURCES:%.c=$(OUT)/%.o)
LIBRARY    := $(OUT)/libannalist.a
ifeq ($(BUILD),release)
  PROGRAM  := annalist
else
  PROGRAM  := $(OUT)/annalist
endif

WARN   := -Wall -Wextra -Werror -Wshadow -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
          -Wwrite-strings -Wundef -Wvla -Wformat=2 -Wno-format-nonliteral -Wnull-dereference
CPPFLAGS += -Icore -D_GNU_SOURCE -DANNALIST_VERSION='"$(VERSION)"' -DANNALIST_PREFIX='"$(PREFIX)"'
CFLAGS_release := -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fstack-clash-protection
CFLAGS_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined -DANNALIST_ASAN=1 -Wno-null-dereference
CFLAGS_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -DANNALIST_ASAN=1
LDFLAGS_release := -pie -Wl,-z,relro,-z,now
LDFLAGS_asan    := -fsanitize=address,undefined
LDFLAGS_fuzz    := -fsanitize=address,undefined
ALL_CFLAGS  = -std=c11 -fPIE $(WARN) $(CFLAGS_$(BUILD)) $(shell pkg-config --cflags $(MODULES) poppler-glib) $(CFLAGS)
ALL_LDFLAGS = $(LDFLAGS_$(BUILD)) -Wl,-E $(LDFLAGS)
LIBS        = -l:liblua5.4.a -l:liblua5.4-lpeg.a $(shell pkg-config --libs $(filter-out lua5.4,$(MODULES)) poppler-glib) -lcld2 -lstdc++ -lpthread -lm -ldl

.PHONY: all help deps test-deps check-deps demo test unit spec lint check-memory fuzz bench accuracy docs model install uninstall clean
all: $(PROGRAM)

$(OUT)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

$(LIBRARY): $(filter-out $(OUT)/core/main.o,$(OBJECTS))
	@rm -f $@
	ar rcs $@ $^

$(PROGRAM): $(OBJECTS)
	$(CC) $(ALL_LDFLAGS) -o $@.new $^ $(LIBS)
	@mv $@.new $@

-include $(OBJECTS:.o=.d)

# --- what must be installed -----------------------------------------------------------------------
# deps PACKAGES="…": names what is missing and installs it; only on Debian and its kin, elsewhere it prints the list and stops.
define install_packages
	@missing=""; \
	for package in $(1); do dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; done; \
	if ! command -v apt-get >/dev/null; then \
	  echo "This is not Debian: install what gives you these packages, then run make again:"; echo "  $(1)"; \
	  command -v dpkg-query >/dev/null || exit 1; fi; \
	if [ -n "$$missing" ]; then \
	  echo "Installing:$$missing"; sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >build-packages.log 2>&1 \
	    || { tail -n 20 build-packages.log; rm -f build-packages.log; echo "apt-get could not install:$$missing"; exit 1; }; \
	  rm -f build-packages.log; fi
endef

deps:
	$(call install_packages,$(PACKAGES))

test-deps:
	$(call install_packages,$(PACKAGES) $(TEST_PACKAGES))

check-deps:
	$(call install_packages,$(PACKAGES) $(TEST_PACKAGES) $(CHECK_PACKAGES))

# --- the main job on the sample corpus --------------------------------------------------------------
DEMO := out/kyrgyzstan-2020
demo: deps
	@$(MAKE) --no-print-directory -s all
	@mkdir -p out && rm -rf $(DEMO).db $(DEMO)-report
	./annalist load $(DEMO).db data/kyrgyzstan-2020/articles
	./annalist run $(DEMO).db report -o $(DEMO)-report --quiet
	@echo; echo "Open the report in a browser:"; echo "$(CURDIR)/$(DEMO)-report/report.html"

# --- tests -------------------------------------------------------------------------------------------
UNIT_SOURCES := $(sort $(wildcard tests/unit/*_test.c))
UNIT_TESTS   := $(UNIT_SOURCES:%.c=$(OUT)/%)
$(OUT)/tests/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -Wno-missing-prototypes $(ALL_LDFLAGS) -o $@ $< $(LIBRARY) -lcmocka $(LIBS)

unit: $(UNIT_TESTS)

# `make test`: C units, then the specs inside the host; ends with one line of sums.
test: test-deps
	@$(MAKE) --no-print-directory -s all unit
	@tests/run-all $(OUT) ./annalist $(SPEC)

# The same under ASan and UBSan. What any process finds, workers that nobody listens to included, lies in FINDINGS and fails the target.
# A small quarantine: with a large one every worker's fork copies what was freed long ago.
FINDINGS := $(CURDIR)/build/asan/findings
check-memory: test-deps
	@$(MAKE) --no-print-directory -s BUILD=asan all unit
	@rm -rf $(FINDINGS) && mkdir -p -m 1777 $(FINDINGS)
	@ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:exitcode=99:allocator_may_return_null=1:quarantine_size_mb=8:thread_local_quarantine_size_kb=64:log_path=$(FINDINGS)/process \
	 LSAN_OPTIONS=suppressions=$(CURDIR)/tests/leaks.txt:print_suppressions=0 UBSAN_OPTIONS=print_stacktrace=1 \
	 ANNALIST_HOME=$(CURDIR) tests/run-all build/asan build/asan/annalist $(SPEC); status=$$?; \
	 if grep -qsE 'ERROR: |runtime error: ' $(FINDINGS)/*; then cat $(FINDINGS)/*; echo "check-memory: findings"; exit 1; fi; exit $$status

LUA_SOURCES := $(shell find core/lua scripts plugins tests -name '*.lua' 2>/dev/null)
C_SOURCES   := $(shell find core tests -name '*.c' 2>/dev/null)
TIDY_FLAGS   = $(shell pkg-config --cflags $(MODULES) poppler-glib 2>/dev/null)
lint: check-deps
	@$(MAKE) --no-print-directory -s all
	@echo "luacheck";   luacheck --quiet $(LUA_SOURCES)
	@echo "cppcheck";   cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability --inline-suppr \
	  --suppress=missingIncludeSystem --suppress=nullPointerOutOfMemory --suppressions-list=tests/cppcheck.txt -Icore -D_GNU_SOURCE -j2 core
	@echo "clang-tidy"; tests/tidy '$(TIDY_FLAGS)' $(SOURCES)
	@echo "lint: clean"

# --- measuring --------------------------------------------------------------------------------------
FUZZ_SOURCES := $(sort $(wildcard tests/fuzz/*_fuzz.c))
FUZZ_SECONDS ?= 600
FUZZERS      := $(FUZZ_SOURCES:%.c=build/fuzz/%)
build/fuzz/tests/fuzz/%: tests/fuzz/%.c build/fuzz/libannalist.a
	@mkdir -p $(@D)
	clang $(CPPFLAGS) -std=c11 $(CFLAGS_fuzz) $(shell pkg-config --cflags $(MODULES) poppler-glib) -fsanitize=fuzzer,address,undefined -o $@ $< build/fuzz/libannalist.a $(LIBS)

# Each target FUZZ_SECONDS seconds, from the seeds in tests/fuzz/seeds/.
fuzz: check-deps
	@$(MAKE) --no-print-directory -s BUILD=fuzz CC=clang WARN= build/fuzz/libannalist.a
	@$(MAKE) --no-print-directory -s $(FUZZERS)
	@for fuzzer in $(FUZZERS); do name=$$(basename $$fuzzer _fuzz); mkdir -p build/fuzz/found/$$name; echo "$$name: $(FUZZ_SECONDS) s"; \
	  $$fuzzer -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=2048 -timeout=10 -verbosity=0 -print_final_stats=1 -artifact_prefix=build/fuzz/found/$$name/ \
	    build/fuzz/found/$$name tests/fuzz/seeds/$$name || exit 1; done

bench: test-deps
	@$(MAKE) --no-print-directory -s all
	@tests/bench/run

# KITS: the folder with the measuring kits (each with articles, gold and a scorer); none is shipped.
KITS ?= ../shared/accuracy
accuracy: test-deps
	@$(MAKE) --no-print-directory -s all
	@tests/accuracy/run $(KITS)

# TRAINING: the folder with the training sets (data/models/README.md says which); none is shipped.
TRAINING ?= ../shared/training
model: deps
	@$(MAKE) --no-print-directory -s all
	./annalist scripts/train/entities.lua $(TRAINING)/entities data/models/entities.model

# What scripts/train/extract.lua learns from.
build/page_blocks: scripts/train/page_blocks.c $(LIBRARY)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -o $@ $< $(LIBRARY) $(LIBS)

docs: all
	./annalist scripts/docs.lua

# --- install ---------------------------------------------------------------------------------------
SHARE := $(DESTDIR)$(PREFIX)/share/annalist
# What an older version had and this one has not must not stay: a plugin would still be found.
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)
	install -m 755 annalist $(DESTDIR)$(PREFIX)/bin/annalist
	cd $(SHARE) && rm -rf core scripts plugins data docs && mkdir core
	cp -R core/lua $(SHARE)/core/
	cp -R scripts plugins data docs README.md LICENSE $(SHARE)/
	chmod -R u=rwX,go=rX $(SHARE)

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/annalist
	rm -rf $(SHARE)

clean:
	rm -rf build annalist

help:
	@echo "all           build ./annalist"
	@echo "deps          install what is missing (Debian)"
	@echo "demo          build, and make the report on the sample corpus"
	@echo "test          C units and specs (SPEC=tests/spec/x_spec.lua for one)"
	@echo "check-memory  the same under ASan and UBSan"
	@echo "lint          warnings as errors, clang-tidy, cppcheck, luacheck"
	@echo "fuzz          each fuzz target FUZZ_SECONDS (600) seconds"
	@echo "bench         speed against the floor and between steps"
	@echo "accuracy      scorers over the kits in KITS"
	@echo "model         train the tagger's model from TRAINING"
	@echo "docs          make the API page from docs/api/"
	@echo "install       to PREFIX (/usr/local), under DESTDIR if set; uninstall"
