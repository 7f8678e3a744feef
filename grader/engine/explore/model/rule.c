#include "rule.h"

bool rule_awaits(const struct event_rule *rule)
{
	switch ((enum rule)rule->rule) {
	case RULE_AWAIT_EXCHANGE:
	case RULE_AWAIT_TAKE:
	case RULE_AWAIT_CLEAR:
	case RULE_AWAIT_LEAST:
	case RULE_AWAIT_SHARE:
		return true;
	default:
		return false;
	}
}

static enum outcome apply(const struct event_rule *rule, uint64_t old, uint64_t *new)
{
	uint64_t operand = rule->operand;

	switch ((enum rule)rule->rule) {
	case RULE_LOAD:
		return OUTCOME_READ;
	case RULE_STORE:
	case RULE_EXCHANGE:
		*new = operand;
		return OUTCOME_WRITE;
	case RULE_ADD:
		*new = old + operand;
		return OUTCOME_WRITE;
	case RULE_SUB:
		*new = old - operand;
		return OUTCOME_WRITE;
	case RULE_AND:
		*new = old &operand;
		return OUTCOME_WRITE;
	case RULE_OR:
	case RULE_ENQUEUE:
		*new = old | operand;
		return OUTCOME_WRITE;
	case RULE_XOR:
		*new = old ^ operand;
		return OUTCOME_WRITE;
	case RULE_NAND:
		*new = ~(old & operand);
		return OUTCOME_WRITE;
	case RULE_COMPARE:
		*new = operand;
		return old == rule->expected ? OUTCOME_WRITE : OUTCOME_READ;
	case RULE_AWAIT_EXCHANGE:
		*new = operand;
		return old == rule->expected ? OUTCOME_WRITE : OUTCOME_BLOCK;
	case RULE_AWAIT_TAKE:
		*new = old - operand;
		return old > 0 ? OUTCOME_WRITE : OUTCOME_BLOCK;
	case RULE_AWAIT_CLEAR:
		return (old & operand) == 0 ? OUTCOME_READ : OUTCOME_BLOCK;
	case RULE_AWAIT_LEAST:
		return old >= operand ? OUTCOME_READ : OUTCOME_BLOCK;
	case RULE_AWAIT_SHARE:
		*new = old + operand;
		return (old & rule->expected) == 0 ? OUTCOME_WRITE : OUTCOME_BLOCK;
	case RULE_TAKE:
		*new = old - operand;
		return old > 0 ? OUTCOME_WRITE : OUTCOME_READ;
	case RULE_WAKE:
		*new = (uint64_t)__builtin_popcountll(old) <= operand ? 0 : old;
		return *new != old || rule->expected != 0 ? OUTCOME_WRITE : OUTCOME_READ;
	case RULE_SHARE:
		*new = old + operand;
		return (old & rule->expected) == 0 ? OUTCOME_WRITE : OUTCOME_READ;
	case RULE_COUNT:
		break;
	}
	return OUTCOME_READ;
}

enum outcome rule_apply(const struct event_rule *rule, uint64_t old, uint64_t *new)
{
	uint64_t mask = rule_mask(rule->part == 0 ? rule->size : rule->part);
	uint64_t result = 0;
	enum outcome outcome = apply(rule, rule_value(rule, old), &result);

	if (rule->part == 0)
		*new = result &mask;
	else
		*new = (old & ~(mask << rule->shift)) | (result & mask) << rule->shift;
	return outcome;
}
