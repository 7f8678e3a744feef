/* All execution graphs of a program, by brute force: threads in every order, each read from every write there is, each
 * write at every place of the modification order; what is not consistent by the definitions of RC11 (Lahav, Vafeiadis,
 * Kang, Hur, Dreyer: "Repairing sequential consistency in C/C++11", PLDI 2017, figures 2 and 3) is dropped, and graphs
 * that have been seen before are not gone into again. Relations are matrices of bits; read-modify-write operations are
 * two events, as in the paper. Shares nothing with the explorer. */
#include <stdlib.h>
#include <string.h>

#include "program.h"

#define EVENTS 40u
#define INITIAL PROGRAM_LOCATIONS /* events 0 … INITIAL - 1 are the initial writes */

struct node {
	uint8_t thread, op, location;
	bool reads, writes, fence, init, rmw; /* rmw: the event after it is its write */
	bool acquires, releases, sc;
	uint8_t value; /* read or written */
	uint8_t from;  /* reads */
};

struct state {
	struct node node[EVENTS];
	uint32_t n;
	uint32_t at[PROGRAM_THREADS]; /* next operation */
	int last[PROGRAM_THREADS];    /* what was read last */
	uint8_t mo[PROGRAM_LOCATIONS][EVENTS];
	uint32_t n_mo[PROGRAM_LOCATIONS];
	struct outcome outcome;
};

typedef struct {
	uint64_t row[EVENTS];
} relation;

#define BIT(i) (UINT64_C(1) << (i))
#define HAS(relation, a, b) (((relation).row[a] & BIT(b)) != 0)

static relation compose(const relation *a, const relation *b, uint32_t n)
{
	relation c = { 0 };

	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t k = 0; k < n; k++)
			c.row[i] |= HAS(*a, i, k) ? b->row[k] : 0;
	}
	return c;
}

static relation join(const relation *a, const relation *b, uint32_t n)
{
	relation c;

	for (uint32_t i = 0; i < n; i++)
		c.row[i] = a->row[i] | b->row[i];
	return c;
}

static relation closure(relation a, uint32_t n)
{
	for (uint32_t k = 0; k < n; k++) {
		for (uint32_t i = 0; i < n; i++)
			a.row[i] |= HAS(a, i, k) ? a.row[k] : 0;
	}
	return a;
}

static relation reflexive(relation a, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		a.row[i] |= BIT(i);
	return a;
}

static bool irreflexive(const relation *a, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (HAS(*a, i, i))
			return false;
	}
	return true;
}

/* [of]; a; [to] */
static relation between(relation a, uint64_t of, uint64_t to, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		a.row[i] = (of & BIT(i)) != 0 ? a.row[i] & to : 0;
	return a;
}

struct relations {
	relation sb, rf, mo, rb, rmw, hb, eco;
	uint64_t r, w, f, acquires, releases, sc;
};

static void base_relations(const struct state *s, struct relations *x)
{
	uint8_t place[EVENTS];

	memset(x, 0, sizeof *x);
	for (uint32_t l = 0; l < PROGRAM_LOCATIONS; l++) {
		for (uint32_t i = 0; i < s->n_mo[l]; i++) {
			place[s->mo[l][i]] = (uint8_t)i;
			for (uint32_t k = i + 1; k < s->n_mo[l]; k++)
				x->mo.row[s->mo[l][i]] |= BIT(s->mo[l][k]);
		}
	}
	for (uint32_t i = 0; i < s->n; i++) {
		const struct node *a = &s->node[i];
		x->r |= a->reads ? BIT(i) : 0;
		x->w |= a->writes ? BIT(i) : 0;
		x->f |= a->fence ? BIT(i) : 0;
		x->acquires |= a->acquires ? BIT(i) : 0;
		x->releases |= a->releases ? BIT(i) : 0;
		x->sc |= a->sc ? BIT(i) : 0;
		for (uint32_t k = 0; k < s->n; k++) {
			const struct node *b = &s->node[k];
			if ((a->init && !b->init) || (!a->init && !b->init && a->thread == b->thread && i < k))
				x->sb.row[i] |= BIT(k);
		}
		if (a->rmw)
			x->rmw.row[i] |= BIT(i + 1);
		if (!a->reads)
			continue;
		x->rf.row[a->from] |= BIT(i);
		for (uint32_t k = place[a->from] + 1u; k < s->n_mo[a->location]; k++)
			x->rb.row[i] |= BIT(s->mo[a->location][k]);
	}
}

/* Of a: what is between events of one location (same), or not. */
static relation by_location(const struct state *s, relation a, bool same)
{
	for (uint32_t i = 0; i < s->n; i++) {
		for (uint32_t k = 0; k < s->n; k++) {
			bool equal = s->node[i].fence || s->node[k].fence ? s->node[i].fence && s->node[k].fence
									  : s->node[i].location == s->node[k].location;
			bool both = !s->node[i].fence && !s->node[k].fence;
			if (same ? !(equal && both) : equal)
				a.row[i] &= ~BIT(k);
		}
	}
	return a;
}

static void happens_before(const struct state *s, struct relations *x)
{
	uint32_t n = s->n;
	uint64_t all = BIT(n) - 1;
	relation sb_loc = by_location(s, x->sb, true);
	relation rf_rmw = compose(&x->rf, &x->rmw, n);
	/* rs = [W]; (sb|loc)?; [W]; (rf; rmw)* */
	relation chain = reflexive(closure(rf_rmw, n), n);
	relation first = between(reflexive(sb_loc, n), x->w, x->w, n);
	relation rs = compose(&first, &chain, n);
	/* sw = [releases]; ([F]; sb)?; rs; rf; [R]; (sb; [F])?; [acquires] */
	relation fence_sb = reflexive(between(x->sb, x->f, all, n), n),
		 sb_fence = reflexive(between(x->sb, all, x->f, n), n);
	relation sw = compose(&fence_sb, &rs, n);
	sw = compose(&sw, &x->rf, n);
	sw = compose(&sw, &sb_fence, n);
	sw = between(sw, x->releases, x->acquires, n);
	x->hb = join(&x->sb, &sw, n);
	x->hb = closure(x->hb, n);
}

static bool coherent(struct relations *x, uint32_t n)
{
	x->eco = join(&x->rf, &x->mo, n);
	x->eco = join(&x->eco, &x->rb, n);
	x->eco = closure(x->eco, n);
	relation maybe = reflexive(x->eco, n);
	relation bad = compose(&x->hb, &maybe, n);
	return irreflexive(&bad, n);
}

static bool atomic(const struct relations *x, uint32_t n)
{
	relation rb_mo = compose(&x->rb, &x->mo, n);

	for (uint32_t i = 0; i < n; i++) {
		if ((rb_mo.row[i] & x->rmw.row[i]) != 0)
			return false;
	}
	return true;
}

static bool psc_acyclic(const struct state *s, const struct relations *x)
{
	uint32_t n = s->n;
	uint64_t all = BIT(n) - 1, fences = x->sc & x->f;
	relation sb_other = by_location(s, x->sb, false), hb_loc = by_location(s, x->hb, true);
	relation scb = compose(&sb_other, &x->hb, n);
	scb = compose(&scb, &sb_other, n);
	scb = join(&scb, &x->sb, n);
	scb = join(&scb, &hb_loc, n);
	scb = join(&scb, &x->mo, n);
	scb = join(&scb, &x->rb, n);
	relation hb_maybe = reflexive(x->hb, n), same = reflexive((relation){ 0 }, n);
	relation left = between(hb_maybe, fences, all, n), right = between(hb_maybe, all, fences, n);
	relation sc_only = between(same, x->sc, x->sc, n);
	left = join(&left, &sc_only, n);
	right = join(&right, &sc_only, n);
	relation psc = compose(&left, &scb, n);
	psc = compose(&psc, &right, n);
	relation by_eco = compose(&x->hb, &x->eco, n);
	by_eco = compose(&by_eco, &x->hb, n);
	by_eco = join(&by_eco, &x->hb, n);
	by_eco = between(by_eco, fences, fences, n);
	psc = join(&psc, &by_eco, n);
	psc = closure(psc, n);
	return irreflexive(&psc, n);
}

static bool consistent(const struct state *s, bool sequential)
{
	struct relations x;

	base_relations(s, &x);
	if (!atomic(&x, s->n))
		return false;
	if (sequential) {
		relation all = join(&x.sb, &x.rf, s->n);
		all = join(&all, &x.mo, s->n);
		all = join(&all, &x.rb, s->n);
		all = closure(all, s->n);
		return irreflexive(&all, s->n);
	}
	happens_before(s, &x);
	return coherent(&x, s->n) && psc_acyclic(s, &x);
}

/* ---- graphs that have been seen ---- */

#define TABLE (1u << 18)
#define KEY_MAX 160u

struct seen {
	uint32_t n, most;
	uint8_t (*key)[KEY_MAX];
	uint32_t *table;
	bool full;
};

/* A graph's name: of each thread what its events read from, of each location the order of its writes; events are named
 * by thread, operation, and whether they are the write of a read-modify-write operation. */
static uint8_t name_of(const struct state *s, uint32_t i)
{
	const struct node *node = &s->node[i];

	return node->init ? (uint8_t)(200 + node->location)
			  : (uint8_t)(1 + 2 * REGISTER_OF(node->thread, node->op) + (node->writes ? 1 : 0));
}

static bool already_seen(struct seen *seen, const struct state *s)
{
	uint8_t key[KEY_MAX] = { 0 };
	uint32_t used = 0;
	uint64_t hash = 14695981039346656037u;

	for (uint32_t t = 0; t < PROGRAM_THREADS; t++) {
		key[used++] = (uint8_t)s->at[t];
		for (uint32_t i = INITIAL; i < s->n; i++) {
			if (s->node[i].thread == t && s->node[i].reads)
				key[used++] = name_of(s, s->node[i].from);
		}
		key[used++] = 255;
	}
	for (uint32_t l = 0; l < PROGRAM_LOCATIONS; l++) {
		for (uint32_t i = 0; i < s->n_mo[l]; i++)
			key[used++] = name_of(s, s->mo[l][i]);
		key[used++] = 255;
	}
	for (uint32_t i = 0; i < used; i++)
		hash = (hash ^ key[i]) * 1099511628211u;
	for (uint32_t slot = (uint32_t)(hash % TABLE);; slot = (slot + 1) % TABLE) {
		if (seen->table[slot] == 0) {
			if (seen->n == seen->most) {
				seen->full = true;
				return true;
			}
			memcpy(seen->key[seen->n], key, KEY_MAX);
			seen->table[slot] = ++seen->n;
			return false;
		}
		if (memcmp(seen->key[seen->table[slot] - 1], key, KEY_MAX) == 0)
			return true;
	}
}

/* ---- enumeration ---- */

struct search {
	const struct program *program;
	struct seen seen;
	struct outcomes *outcomes;
	bool sequential;
};

static void enumerate(struct search *search, const struct state *s);

static bool acquires(uint8_t order)
{
	return order == __ATOMIC_ACQUIRE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

static bool releases(uint8_t order)
{
	return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

static struct node *append(struct state *s, uint32_t t, const struct op *op)
{
	struct node *node = &s->node[s->n++];

	*node = (struct node){ .thread = (uint8_t)t, .op = (uint8_t)s->at[t], .location = op->location };
	return node;
}

/* Puts the last event, a write, at every place. */
static void place(struct search *search, const struct state *s)
{
	uint32_t w = s->n - 1, l = s->node[w].location;

	for (uint32_t at = 1; at <= s->n_mo[l]; at++) {
		struct state next = *s;
		for (uint32_t i = next.n_mo[l]; i > at; i--)
			next.mo[l][i] = next.mo[l][i - 1];
		next.mo[l][at] = (uint8_t)w;
		next.n_mo[l]++;
		next.at[s->node[w].thread]++;
		if (consistent(&next, search->sequential))
			enumerate(search, &next);
	}
}

/* Whether an operation that reads `old` writes, and what; `wait`: it is not over. */
static bool written(const struct op *op, uint8_t old, uint8_t *new, bool *wait)
{
	*wait = op->kind == OP_AWAIT && old != op->value;
	*new = op->kind == OP_ADD ? (uint8_t)(old + op->value) : op->value;
	return op->kind == OP_STORE || op->kind == OP_ADD || op->kind == OP_SWAP ||
	       (op->kind == OP_COMPARE && old == op->expected);
}

/* The wait that looks at two places is over, for its first load has seen what it looks for. */
static bool has_seen_it(const struct state *s, uint32_t t, const struct op *op)
{
	return op->kind == OP_AWAIT && s->at[t] > 0 && op[-1].kind == OP_LOOK && s->last[t] == op[-1].value;
}

static void read_from(struct search *search, const struct state *s, uint32_t t, const struct op *op, uint32_t from)
{
	struct state next = *s;
	uint8_t old = s->node[from].value, new;
	bool wait, writes = written(op, old, &new, &wait);
	uint8_t order = op->kind == OP_COMPARE && !writes ? op->failure : op->order;

	if (wait)
		return;
	struct node *r = append(&next, t, op);
	r->reads = true;
	r->value = old;
	r->from = (uint8_t)from;
	r->acquires = acquires(order);
	r->sc = order == __ATOMIC_SEQ_CST;
	r->rmw = writes;
	next.last[t] = old;
	next.outcome.byte[REGISTER_OF(t, s->at[t])] = old;
	if (op->kind == OP_AWAIT && s->at[t] > 0 && op[-1].kind == OP_LOOK)
		next.outcome.byte[REGISTER_OF(t, s->at[t] - 1)] = NOT_READ;
	if (!writes) {
		next.at[t]++;
		if (consistent(&next, search->sequential))
			enumerate(search, &next);
		return;
	}
	struct node *w = append(&next, t, op);
	w->writes = true;
	w->value = new;
	w->releases = releases(order);
	w->sc = order == __ATOMIC_SEQ_CST;
	place(search, &next);
}

static void step(struct search *search, const struct state *s, uint32_t t)
{
	const struct op *op = &search->program->op[t][s->at[t]];
	struct state next = *s;

	if ((op->when >= 0 && op->when != s->last[t]) || has_seen_it(s, t, op)) {
		next.at[t]++;
		enumerate(search, &next);
	} else if (op->kind == OP_FENCE) {
		struct node *f = append(&next, t, op);
		f->fence = true;
		f->acquires = acquires(op->order);
		f->releases = releases(op->order);
		f->sc = op->order == __ATOMIC_SEQ_CST;
		next.at[t]++;
		if (consistent(&next, search->sequential))
			enumerate(search, &next);
	} else if (op->kind == OP_STORE) {
		struct node *w = append(&next, t, op);
		w->writes = true;
		w->value = op->value;
		w->releases = releases(op->order);
		w->sc = op->order == __ATOMIC_SEQ_CST;
		place(search, &next);
	} else {
		for (uint32_t i = 0; i < s->n; i++) {
			if (s->node[i].writes && s->node[i].location == op->location)
				read_from(search, s, t, op, i);
		}
	}
}

static void enumerate(struct search *search, const struct state *s)
{
	bool done = true;

	if (already_seen(&search->seen, s) || search->seen.full)
		return;
	for (uint32_t t = 0; t < search->program->n_threads; t++) {
		if (s->at[t] == search->program->n[t])
			continue;
		done = false;
		step(search, s, t);
	}
	if (!done)
		return;
	struct outcome outcome = s->outcome;
	for (uint32_t l = 0; l < search->program->n_locations; l++)
		outcome.byte[FINAL_OF(l)] = s->node[s->mo[l][s->n_mo[l] - 1]].value;
	outcomes_add(search->outcomes, &outcome);
}

int graphs_enumerate(const struct program *program, bool sequential, uint32_t most, struct outcomes *outcomes)
{
	struct search search = { .program = program, .outcomes = outcomes, .sequential = sequential };
	struct state s = { .n = INITIAL };

	search.seen.most = most < TABLE / 2 ? most : TABLE / 2;
	search.seen.key = malloc(search.seen.most * KEY_MAX);
	search.seen.table = calloc(TABLE, sizeof *search.seen.table);
	if (search.seen.key == NULL || search.seen.table == NULL)
		abort();
	memset(&s.outcome, NOT_READ, sizeof s.outcome);
	for (uint32_t l = 0; l < PROGRAM_LOCATIONS; l++) {
		s.node[l] = (struct node){ .location = (uint8_t)l, .writes = true, .init = true };
		s.mo[l][0] = (uint8_t)l;
		s.n_mo[l] = 1;
	}
	for (uint32_t t = 0; t < PROGRAM_THREADS; t++)
		s.last[t] = -1;
	enumerate(&search, &s);
	free(search.seen.key);
	free(search.seen.table);
	return search.seen.full ? -1 : 0;
}
