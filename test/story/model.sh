#!/bin/sh
# Models as data: what one holds, what changed between two, which ids of a framework it reaches, and overlays.
. "$(dirname "$0")/lib.sh"
export COLUMNS=200
content=$here/../../content

overlay() { # VERSION then the rest on standard input
	{
		printf 'schema: aismm.overlay/1\nid: acme\nversion: "%s"\ntitle: Small as Acme uses it\nbase: small@1\n' "$1"
		cat
	} >"$work/acme.yaml"
}

setup() {
	step model import "$data/small.yaml"
	step model activate small
	step unit import "$data/units.csv"
	printf 'id,unit,active,policy_attested_at\np1,north,true,2026-05-01\np2,lab,true,2026-05-01\np3,shop,true,\n' >"$work/p.csv"
	step import --format person "$work/p.csv" --observed 2026-11-01
	step evaluate
	step answer AAA-02.2 --met
}

an_overlay_keeps_the_measures() {
	setup
	run score --json
	json 'del(.model)|.objectives' >"$work/before"
	overlay 1.0.0 <<-'E'
		add:
		  - {id: AAA-05.101, title: Ours, kpi: share, threshold: 1, window: P30D}
	E
	is 'an overlay is stored with its base' '["acme@1.0.0","small@1","small@1.0.0"]' '.model|[.name,.line,.base]' model import "$work/acme.yaml"
	step model activate acme
	run score --json
	json 'del(.model)|[.objectives[]|select(.id!="AAA-05.101")]' >"$work/after"
	cmp -s "$work/before" "$work/after"
	verdict $? 'what it leaves alone scores as before' "$work/after"
	is 'the score says what the model is an overlay of' '{"base":"small@1.0.0","line":"small@1","added":1,"adapted":0,"tightened":0,"loosened":0,"retired":0}' .overlay score
	is 'its own objective counts' 1 '[.objectives[]|select(.id=="AAA-05.101")]|length' score
	step answer AAA-05.101 --unit north --yes 3 --no 1
	is 'answers to it are kept' 3 '.objectives[]|select(.id=="AAA-05.101")|.yes' score
	step model activate small
	is 'back on the base it is gone' 0 '[.objectives[]|select(.id=="AAA-05.101")]|length' score
	step model activate acme
	is 'and comes back with its answer' 3 '.objectives[]|select(.id=="AAA-05.101")|.yes' score
	overlay 1.1.0 <<-'E'
		add:
		  - {id: AAA-05.101, title: Ours, kpi: share, threshold: 1, window: P31D}
	E
	refused 3 'nothing was stored' 'an id with measures cannot come to mean something else' model import "$work/acme.yaml"
	grep -qF 'acme.yaml:7:5: error: AAA-05.101: in acme@1.0.0' "$work/err"
	verdict $? 'the place is named' "$work/err"
	run rebuild --json
	same 'the derived rows are those of the facts' true "$(json .same)"
}

what_is_loosened_is_seen() {
	setup
	overlay 1.0.0 <<-'E'
		change:
		  - {id: AAA-02.1, threshold: 0.5}
	E
	refused 3 'nothing was stored' 'a lower threshold is refused' model import "$work/acme.yaml"
	grep -qF 'acme.yaml:7:31: error: AAA-02.1: threshold 0.5 is looser than the base'"'"'s 0.9; that needs approver and because' "$work/err"
	verdict $? 'with the place and what it needs' "$work/err"
	overlay 1.0.0 <<-'E'
		change:
		  - {id: AAA-02.1, threshold: 0.5, approver: Åsa, because: half of them are new}
		  - {id: AAA-04.1, threshold: 0.6}
		retire:
		  - {id: BBB-05.1, approver: Åsa, because: not here}
	E
	refused 3 'nothing was stored' 'nor may the last objective of a level go' model import "$work/acme.yaml"
	sed -i 's/BBB-05.1/AAA-02.2/' "$work/acme.yaml"
	step model import "$work/acme.yaml"
	step model activate acme
	is 'the threshold is the overlay'"'"'s' '["met",[500,"loosened",0.9,"Åsa","half of them are new"]]' \
		'.objective|[.verdict,[.threshold,.overlay.act,.overlay.base_threshold,.overlay.approver,.overlay.because]]' explain AAA-02.1
	run score
	grep -qF '1 tightened, 1 loosened, 1 retired' "$work/out"
	verdict $? 'the score says it' "$work/out"
	run model show
	grep -qF 'Retired by the overlay' "$work/out" && grep -qF 'approved by Åsa: not here' "$work/out"
	verdict $? 'model show says it' "$work/out"
	run model show AAA-02.1
	grep -qF 'the base asks 90 %, this overlay 50 %; approved by Åsa: half of them are new' "$work/out"
	verdict $? 'and the objective' "$work/out"
	grep -q '^  needs  *50 %$' "$work/out" && grep -q '^  base  *90 %' "$work/out"
	verdict $? 'the reason for the number stays with the base'"'"'s number' "$work/out"
	is 'each row of the score says it' '["loosened","tightened",null]' \
		'[.objectives[]|select(.id=="AAA-02.1" or .id=="AAA-04.1" or .id=="BBB-02.1")|.overlay]' score
	run explain AAA
	grep -qF 'AAA-02.2' "$work/out" && grep -qF 'retired by acme; approved by Åsa: not here' "$work/out" && grep -qF '(loosened)' "$work/out" &&
		grep -qF 'the base asks 90 %, this overlay 50 %; approved by Åsa' "$work/out"
	verdict $? 'explain of its category lists it' "$work/out"
	is 'as JSON too' '[1,1,["AAA-02.2"],["loosened","tightened"]]' \
		'[.overlay.loosened,.overlay.retired,[.retired[].id],[.objectives[]|select(.overlay)|.overlay.act]]' explain AAA
	is 'another category retires nothing' '[]' .retired explain BBB
	run check --min AAA=1
	grep -qF 'by acme@1.0.0, an overlay of small@1.0.0: 1 tightened, 1 loosened, 1 retired' "$work/out"
	verdict $? 'check says it' "$work/out"
	is 'check in JSON' '["acme@1.0.0",1,1]' '[.model,.overlay.loosened,.overlay.retired]' check --min AAA=1
	run unit show north
	grep -qF 'acme@1.0.0, an overlay of small@1.0.0: 1 tightened, 1 loosened, 1 retired' "$work/out"
	verdict $? 'unit show says it' "$work/out"
	is 'unit show in JSON' 1 .overlay.retired unit show north
	is 'the list of models counts it' '[[1,1]]' '[.models[]|select(.base)|.overlay|[.loosened,.retired]]' model list
	refused 3 'it retires that of small@1.0.0, approved by Åsa: not here' 'a retired objective says who retired it' answer AAA-02.2 --met
	is 'model diff counts it' '[true,6,2,1,"loosened"]' \
		'[.same_line,.counts.same,.counts.adjusted,.counts.gone,(.objectives[]|select(.id=="AAA-02.1")|.overlay.act)]' model diff small acme
	is 'as JSON the model cannot pass for one without an overlay' '[["AAA-02.2"],1]' '[[.retired[].id],.overlay.loosened]' model show
	run model show --json
	cp "$work/out" "$work/copy.yaml"
	refused_lint 'unknown key "overlay"' 'and does not import as one' "$work/copy.yaml"
}

refused_lint() { # TEXT SENTENCE FILE
	run model lint "$3"
	echo "# wanted status 3 and \"$1\"" >>"$work/seen"
	[ "$status" = 3 ] && grep -qF -e "$1" "$work/out"
	verdict $? "$2" "$work/seen"
}

a_base_in_a_folder_is_the_one_of_its_name() {
	setup
	mkdir -p "$work/both"
	sed 's/threshold: 0.9/threshold: 0.001/' "$data/small.yaml" >"$work/both/model.yaml"
	overlay 1.0.0 <<-'E'
		change:
		  - {id: AAA-02.1, threshold: 0.002}
	E
	cp "$work/acme.yaml" "$work/both/own.yaml"
	refused 3 'the base small@1.0.0 beside the overlay is not the stored model of that name' 'a doctored base is refused' model import "$work/both"
	cp "$data/small.yaml" "$work/both/model.yaml"
	sed -i 's/0.002/0.95/' "$work/both/own.yaml"
	case_ok 'the real one is not' model import "$work/both/"
	sed 's/0.002/0.95/' "$work/acme.yaml" >"$work/renamed.yaml"
	run model import "$work/renamed.yaml"
	grep -qF 'was there already' "$work/out"
	verdict $? 'the same overlay without its base was there already' "$work/seen"
}

versions_are_compared() {
	setup
	sed 's/version: "1.0.0"/version: "1.1.0"/; s/window: P365D, max_age/window: P300D, max_age/' "$data/small.yaml" >"$work/b.yaml"
	is 'a changed meaning wants a major version' '["major","minor",1,["AAA-02.1"]]' \
		'[.needed,.said,.carries.no,[.objectives[]|select(.class=="changed_meaning")|.id]]' model diff small "$work/b.yaml"
	run model diff small "$work/b.yaml"
	grep -qF '1 objective changed meaning, but the major version is the same: measures would be carried over wrongly' "$work/out"
	verdict $? 'and says what happens otherwise' "$work/out"
	same 'a difference is no failure' 0 "$status"
	run model diff --exit-code small "$work/b.yaml"
	same 'unless it is asked for' 1 "$status"
	run model diff --exit-code small small@1.0.0
	same 'the same is the same' 0 "$status"
	run model import "$work/b.yaml"
	grep -qF 'which shares its measures, this id counts something else' "$work/err"
	verdict $? 'the import warns as well' "$work/err"
	same 'and stores it' 0 "$status"
	refused 3 'no model "nothing"' 'a model that is not there' model diff small nothing
	refused 2 'B is missing' 'one model alone' model diff small
}

without_a_store() {
	engine=
	cd "$work" && unset AISMM_DB
	is 'the built-in model is shown' '"aismm-reference"' .id model show
	is 'an objective with all it has' '["GOV","aismm.objective/1","csa-aicm"]' '[.category,.schema,.titles[0].framework]' model show GOV-02.1
	case_ok 'a category with its levels' model show --category MON
	grep -q '5 Efficient: ' "$work/out"
	verdict $? 'says each level' "$work/out"
	run model show --json
	all=$(json '[.categories[].objectives[]]|length')
	run model show --deployment saas --json
	some=$(json '[.categories[].objectives[]]|length')
	same 'only what applies' true "$([ "$some" -gt 20 ] && [ "$some" -lt "$all" ] && echo true)"
	same 'every one of them' "$some" "$(json '[.categories[].objectives[]|select(.deployment|index("saas"))]|length')"
	refused 2 'not a list of deployment types' 'a type that is none' model show --deployment cloud
	refused 3 'no category "XYZ"' 'a category that is none' model show --category XYZ
	refused 2 'GOV-02.1 is one objective' 'an objective is not filtered' model show builtin GOV-02.1 --category IAM
	refused 2 'GOV-02.1 is one objective' 'by nothing' model show GOV-02.1 --deployment saas
	refused 2 'one model and one objective' 'two objectives' model show GOV-02.1 GOV-02.2
	refused 3 'no objective "GOV-09.9"' 'an objective that is none' model show --objective GOV-09.9
	is 'the AICM is counted' '["1.1.0",247,18]' '[.version,.ids,(.groups|length)]' model coverage csa-aicm
	is 'the older one is translated' '["1.0.3",243,"1.1.0"]' '[.version,.ids,.translated]' model coverage csa-aicm --version 1.0.3
	is 'an id that was removed says so' '[null,true]' '.groups[].entries[]|select(.id=="IAM-12")|[.moved,.review]' model coverage csa-aicm --version 1.0.3
	run model coverage csa-aicm --json
	whole=$(json '[.ids,.reached]')
	parts=
	for which in missing reached; do
		run model coverage csa-aicm --$which --json
		parts="$parts $(json '[.groups[].entries[]|select(.heading|not)]|length')"
	done
	same 'missing and reached make the whole' "$whole" "$(echo "$parts" | awk '{ printf "[%d,%d]", $1 + $2, $2 }')"
	refused 2 'exclude each other' 'missing and reached' model coverage csa-aicm --missing --reached
	refused 2 'FRAMEWORK' 'a framework that is none' model coverage ccm
	refused 3 'no version "9"' 'a version that is none' model coverage csa-aicm --version 9
	for framework in nist-ai-rmf iso-42001 eu-ai-act owasp-llm owasp-agentic mitre-atlas nist-csf; do
		case_ok "$framework is shown" model coverage $framework
	done
	refused 4 'nowhere.db' 'a store that was asked for must be there' model show --db nowhere.db
}

examples() {
	case_ok 'the small example is clean' model lint --strict "$content/models/example-small/assistants.yaml"
	case_ok 'so is the example of an overlay' model lint --strict "$content/models/example-overlay/acme.yaml"
	is 'it does one of each' '[2,0,1,1,1]' '.to.overlay|[.added,.adapted,.tightened,.loosened,.retired]' \
		model diff builtin "$content/models/example-overlay/acme.yaml"
	overlay 1.0.0 </dev/null
	is 'a base may be a file' 9 .carries.yes model diff --base "$data/small.yaml" "$data/small.yaml" "$work/acme.yaml"
	run model lint --base "$data/small.yaml" "$content/models/example-overlay/acme.yaml"
	grep -qF 'the overlay is written for aismm-reference@1; the base at hand is small@1.0.0' "$work/out"
	verdict $? 'a base that it is not for is refused' "$work/out"
	sed -n '/^```yaml file=acme.yaml$/,/^```$/p' "$here/../../docs/own-objectives.md" | sed '1d;$d' >"$work/page.yaml"
	sed '/^#/d' "$content/models/example-overlay/acme.yaml" | cmp -s - "$work/page.yaml"
	verdict $? 'the manual shows the example as it is shipped' "$work/page.yaml"
}

on_each_store an_overlay_keeps_the_measures what_is_loosened_is_seen a_base_in_a_folder_is_the_one_of_its_name versions_are_compared
without_a_store
examples
finish
