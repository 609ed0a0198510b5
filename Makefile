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

.PHONY: all help deps demo test unit spec lint check-memory fuzz bench accuracy docs model install uninstall clean
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

# --- tests ---------------------------------------------------------------------------------------
UNIT_SOURCES := $(sort $(wildcard tests/unit/*_test.c))
UNIT_TESTS   := $(UNIT_SOURCES:%.c=$(OUT)/%)
$(OUT)/tests/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -Wno-missing-prototypes $(ALL_LDFLAGS) -o $@ $< $(LIBRARY) -lcmocka $(LIBS)

unit: $(UNIT_TESTS)

clean:
	rm -rf build annalist
