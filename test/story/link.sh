#!/bin/sh
# Which AI system a tool's name means: links, what is unresolved and what it costs, and what no register knows.
. "$(dirname "$0")/lib.sh"

# Two systems of the register, one that the proxy discovered, and three runs of a red team against two names of its own.
setup() {
	step model import "$data/links.yaml"
	step model activate links
	step unit import "$data/units.csv"
	cat >"$work/register.csv" <<-'M'
		id,unit,name,registered,last_seen_at
		chatbot,north,The chatbot,true,2026-11-01
		triage,lab,Claims triage,true,2026-11-02
	M
	cat >"$work/proxy.csv" <<-'M'
		id,unit,name,registered,last_seen_at
		prod/chatbot-7f9,north,chatbot-7f9,false,2026-11-10
	M
	cat >"$work/runs.csv" <<-'M'
		id,system_id,class,total,failed,finished_at
		r1,huggingface:gpt2,jailbreak,20,1,2026-11-05
		r2,huggingface:gpt2,leakage,20,0,2026-11-06
		r3,acme/claims-llm,jailbreak,20,0,2026-11-07
	M
	step import --format ai_system --feed register "$work/register.csv" --observed 2026-11-12 --covers north,lab,shop
	step import --format ai_system --feed proxy "$work/proxy.csv" --observed 2026-11-13
	run import --feed runs --format red_team "$work/runs.csv" --observed 2026-11-14 --covers north,lab,shop --json
	same 'the receipt names what nobody knows' '["acme/claims-llm","huggingface:gpt2"]' "$(json .unresolved)"
	step evaluate
}

own() { echo ".objectives[]|select(.id==\"$1\")|[.yes,.no,.unknown]"; }
subjects() { echo '[.subjects.list[]|[.unit,.id,.meets]]'; }

costs() {
	setup
	# chatbot, triage: nobody attacked them under their own names
	is 'what is unresolved counts for nothing' '[0,2,0]' "$(own AAA-02.1)" score
	# yes: chatbot, triage; no: prod/chatbot-7f9, huggingface:gpt2, acme/claims-llm
	is 'what a feed sees and no register knows is shadow AI' '[2,3,0]' "$(own AAA-03.1)" score
	is 'each of them in the unit of the row that shows it' \
		'[["acme","acme/claims-llm","no"],["acme","huggingface:gpt2","no"],["north","prod/chatbot-7f9","no"]]' \
		"$(subjects)" explain AAA-03.1
	is 'with the records that found it' '["red_team","runs","runs.csv"]' \
		'.subjects.list[1].records[0]|[.kind,.feed,(.file|split("/")|last)]' explain AAA-03.1
	is 'the report says what it costs' '[3,["huggingface:gpt2",2,false,true],["acme/claims-llm",1,false,true],["prod/chatbot-7f9",1,true,true]]' \
		'[.rows,(.names[]|[.name,.rows,.known,.discovered])]' link unresolved
	is 'and what the name may mean' '["chatbot"]' '.names[2].suggestions' link unresolved
	is 'the explanation of the score says it as well' '["red_team",3,2]' \
		'.gaps[]|select(.unresolved_rows>0)|[.kind,.unresolved_rows,.unresolved_names]' explain AAA-02.1
	is 'nothing of it where no row is' '[]' '[.gaps[]|select(.unresolved_rows>0)]' explain AAA-02.1 --unit lab
	is 'and every evaluation' '[3,2]' '[.unresolved_rows,.unresolved_names]' evaluate
	case_ok 'the report reads as text' link unresolved
	grep -q '^3 rows count for no AI system until you link 2 names:$' "$work/out"
	verdict $? 'with the sum first' "$work/out"
	grep -q 'aismm link add prod/chatbot-7f9 chatbot' "$work/out"
	verdict $? 'and the command that would link a name' "$work/out"
}

# Setting one aside moves it from one list to another, and changes no number.
dismissed() {
	setup
	run score --json
	jq -c 'del(.as_of)' "$work/out" >"$work/before"
	is 'what no register knows is listed' '[3,0,["acme/claims-llm","huggingface:gpt2","prod/chatbot-7f9"]]' \
		'[.open,.dismissed,[.systems[].name]]' shadow list
	is 'one is set aside, for a reason' '["prod/chatbot-7f9","acme","a test","tester"]' \
		'.dismissal|[.name,.unit,.because,.author]' shadow dismiss prod/chatbot-7f9 --because 'a test'
	is 'it is in the other list' '[2,1,["prod/chatbot-7f9"]]' '[.open,.dismissed,[.systems[].name]]' shadow list --dismissed
	step evaluate
	run score --json
	same 'every number is as it was' "$(cat "$work/before")" "$(jq -c 'del(.as_of)' "$work/out")"
	is 'and the one set aside is counted' '[2,3,0]' "$(own AAA-03.1)" score
	refused 3 'stands in a register' 'a registered system cannot be set aside' shadow dismiss chatbot --because 'no'
	refused 3 'unregistered AI system "nobody"' 'nor what nobody shows' shadow dismiss nobody --because 'no'
	refused 2 '--because' 'nor without a reason' shadow dismiss huggingface:gpt2
	case_ok 'the list reads as text' shadow list --all
	grep -q 'dismissed by tester: a test' "$work/out"
	verdict $? 'with who and why' "$work/out"
	case_ok 'it can be taken back' shadow revoke prod/chatbot-7f9
	is 'and is to be looked at again' '[3,0]' '[.open,.dismissed]' shadow list
}

links() {
	setup
	run link add huggingface:gpt2 chatbot --because 'the model behind it' --json
	same 'a link says how many rows it concerns' '["huggingface:gpt2","chatbot",false,null,"the model behind it","tester",2]' \
		"$(json '.links[0]|[.name,.system,.pattern,.feed,.because,.author,.rows]')"
	step evaluate
	is 'two runs count for the chatbot now' '[1,1,0]' "$(own AAA-02.1)" score
	is 'and their name is no shadow AI any more' '[2,2,0]' "$(own AAA-03.1)" score
	step link add 'prod/chatbot-*' chatbot
	step evaluate
	is 'what was discovered is part of the system it is' '[2,1,0]' "$(own AAA-03.1)" score
	is 'what remains is one name' '[["acme/claims-llm",1]]' '[.names[]|[.name,.rows]]' link unresolved
	is 'an alias resolves' '["alias","chatbot","huggingface:gpt2"]' '[.by,.system,.rule]' link resolve huggingface:gpt2
	is 'a pattern resolves' '["pattern","chatbot"]' '[.by,.system]' link resolve prod/chatbot-000
	is 'an id is itself' '["exact","triage"]' '[.by,.system]' link resolve triage
	is 'the rest is unresolved, with what is like it' '["unresolved",null,["triage"]]' '[.by,.system,.suggestions]' \
		link resolve claims-triage-v2
	step link add huggingface:gpt2 triage --feed runs
	step evaluate
	is 'a link of a feed goes before one of all feeds' '[["north","chatbot","no"]]' "$(subjects)" explain AAA-02.1
	step link remove huggingface:gpt2 --feed runs
	step evaluate
	is 'taken back, the other one holds again' '[["lab","triage","no"]]' "$(subjects)" explain AAA-02.1
	is 'what was taken back is kept, with its author' '[["prod/chatbot-*",null],["huggingface:gpt2",null],["huggingface:gpt2","tester"]]' \
		'[.links|sort_by(.recorded,.feed//"")|.[]|[.name,.ended_by]]|sort_by(.[1]//"",-(.[0]|length))|[.[1],.[0],.[2]]' link list --all
	is 'a past evaluation can be done again with them' '[1,1,0]' "$(own AAA-02.1)" score
	step link remove huggingface:gpt2
	step evaluate
	is 'without links everything is as it was' '[0,2,0]' "$(own AAA-02.1)" score
	case_ok 'the list reads as text' link list --all
}

refusals() {
	setup
	refused 3 'no register knows an AI system "chatbt"' 'a system nobody knows' link add huggingface:gpt2 chatbt
	refused 3 'it was only discovered' 'a system that was only discovered' link add x-1 prod/chatbot-7f9
	refused 3 'is an AI system of the register itself' 'the name of a system' link add triage chatbot
	refused 3 'fits nearly every name' 'a pattern for everything' link add '*' chatbot
	refused 2 'NAME is empty' 'an empty name' link add '' chatbot
	refused 3 'no feed "nowhere"' 'a feed that is not there' link add x-1 chatbot --feed nowhere
	refused 3 'no link "x-1"' 'a link that is not there' link remove x-1
	step link add x-1 chatbot
	refused 3 '"x-1" means "chatbot" already' 'a second meaning' link add x-1 triage
	run link add x-1 chatbot --json
	same 'the same link again changes nothing' '[0,true]' "$([ "$status" = 0 ] && json '[.links[0].rows,.links[0].unchanged]')"
	printf 'name,system,because\na-1,chatbot,first\na-2,nobody,second\n' >"$work/links.csv"
	refused 3 'links.csv:3' 'a file with one bad link names its line' link import "$work/links.csv"
	is 'and adds none' '["x-1"]' '[.links[].name]' link list
	printf 'name,sistem\na-1,chatbot\n' >"$work/typo.csv"
	refused 3 'unknown column "sistem"' 'a column with a typing mistake' link import "$work/typo.csv"
	printf 'system;name;feed\nchatbot;a-1;\ntriage;a-1;runs\n' >"$work/links.csv"
	step link import "$work/links.csv"
	is 'a file of links is added whole' '[["a-1","chatbot",null],["a-1","triage","runs"],["x-1","chatbot",null]]' \
		'[.links[]|[.name,.system,.feed]]' link list
	is 'a list counts no rows, and does not say that there are none' '[null,null,null]' '[.links[].rows]' link list
	printf 'id,unit,name,registered,last_seen_at\ntriage,lab,Claims triage,true,2026-11-15\n' >"$work/register.csv"
	step import --format ai_system --feed register "$work/register.csv" --observed 2026-11-16
	is 'a link whose system left the register is idle' '[["a-1",true],["a-1",false],["x-1",true]]' \
		'[.links[]|[.name,.idle]]' link list
}

# What the newest file of a feed says about last_seen_at never makes a system look older than another feed saw it.
merges() {
	setup
	step link add 'prod/chatbot-*' chatbot
	sed -i 's/2026-11-01/2026-07-01/' "$work/register.csv"
	step import --format ai_system --feed register "$work/register.csv" --observed 2026-11-18 --covers north,lab,shop
	step evaluate
	# the register saw the chatbot in July, before the window; the proxy on 10 November
	is 'the latest sighting of all feeds counts' '[["acme","acme/claims-llm","no"],["acme","huggingface:gpt2","no"]]' \
		"$(subjects)" explain AAA-03.1
	is 'and the chatbot is there, registered' '[2,2,0]' "$(own AAA-03.1)" score
}

# A log of sign-ins shows AI systems and is no list of them: alone it says nothing about how many there are.
glimpses() {
	step model import "$data/links.yaml"
	step model activate links
	step unit import "$data/units.csv"
	step import --unit north --observed 2026-11-14 "$here/../data/entra/synthetic_sign_ins.json"
	step evaluate
	is 'what only glimpses covers nothing: the assumed ten stay unknown' '[0,0,10]' "$(own AAA-03.1)" score --unit north
	is 'nor is a population empty that nobody has listed' '[0,0,10]' "$(own AAA-02.1)" score --unit north
	printf 'id,unit,name,registered,last_seen_at\nchatbot,north,The chatbot,true,2026-11-01\n' >"$work/register.csv"
	step import --format ai_system --feed register "$work/register.csv" --observed 2026-11-12
	step evaluate
	# the log has three applications that somebody signed in to, on 1 to 3 November
	is 'with a register beside it both count' '[1,3,0]' "$(own AAA-03.1)" score --unit north
	step link add entra-app:aaaaaaaa-0000-0000-0000-000000000001 chatbot
	step evaluate
	is 'and one of them was the registered one' '[1,2,0]' "$(own AAA-03.1)" score --unit north
}

# However many feeds see a system that no register knows, and wherever: it is seen.
sightings() {
	step model import "$data/links.yaml"
	step model activate links
	step unit import "$data/units.csv"
	table() { # FEED FORMAT DAY: rows on standard input
		cat >"$work/$1.csv"
		step import --replace --feed "$1" --format "$2" --observed "$3" --covers north,lab,shop "$work/$1.csv"
	}
	printf 'id,unit,name,registered,last_seen_at\nchatbot,north,Chatbot,true,2026-11-01\n' | table register ai_system 2026-11-12
	printf 'id,unit,name,system_id\nt1,north,search,ghost\n' | table tools tool 2026-11-12
	step evaluate
	is 'a tool names a system' '[1,1,0]' "$(own AAA-03.1)" score
	printf 'id,unit,name,registered,last_seen_at\nghost,north,Ghost,false,2026-04-30\n' | table proxy ai_system 2026-05-01
	step evaluate
	is 'an old log that saw it too does not hide it' '[1,1,0]' "$(own AAA-03.1)" score
	printf 'id,unit,name,registered,last_seen_at\nghost,lab,Ghost,false,2026-11-10\n' | table proxy ai_system 2026-11-11
	step evaluate
	is 'nor does one that sees it elsewhere' '[["north","ghost","no"],["lab","ghost","no"]]' "$(subjects)" explain AAA-03.1
	step link add ghost chatbot --feed proxy
	step evaluate
	is 'a link for one feed leaves what others see' '[["north","ghost","no"]]' "$(subjects)" explain AAA-03.1
	step link remove ghost --feed proxy
	printf 'id,unit,name,registered,last_seen_at\nchatbot,lab,prod-chatbot,false,2026-11-10\n' | table proxy ai_system 2026-11-13
	step evaluate
	is 'what is discovered under the id of the register is what stands there, in any unit' \
		'[["north","ghost","no"]]' "$(subjects)" explain AAA-03.1
}

# A register need not have the column `registered`: who stands there stands there.
silence() {
	step model import "$data/links.yaml"
	step model activate links
	step unit import "$data/units.csv"
	printf 'id,unit,name,last_seen_at\nchatbot,north,Chatbot,2026-11-01\n' >"$work/register.csv"
	printf 'id,unit,name,registered,last_seen_at\nprod/chatbot,north,chatbot,false,2026-11-10\n' >"$work/proxy.csv"
	step import --feed register --format ai_system --observed 2026-11-12 "$work/register.csv"
	step evaluate
	is 'nobody says whether it is registered' '[0,0,1]' "$(own AAA-03.1)" score --unit north
	step import --feed proxy --format ai_system --observed 2026-11-13 "$work/proxy.csv"
	step link add prod/chatbot chatbot
	step evaluate
	is 'and a log that discovered it does not say no' '[0,0,1]' "$(own AAA-03.1)" score --unit north
	sed -i 's,prod/chatbot,chatbot,' "$work/proxy.csv"
	step import --feed proxy --format ai_system --observed 2026-11-14 --replace "$work/proxy.csv"
	step evaluate
	is 'under its own id neither' '[0,0,1]' "$(own AAA-03.1)" score --unit north
}

# Attempts of an attack without a time show no system that there is now.
timeless() {
	step model import "$data/links.yaml"
	step model activate links
	step unit import "$data/units.csv"
	printf 'id,system_id,class\nr1,ghost,jailbreak\n' >"$work/runs.csv"
	step import --feed runs --format red_team --observed 2026-11-12 "$work/runs.csv"
	is 'the report says so' '[["ghost",false]]' '[.names[]|[.name,.discovered]]' link unresolved
}

# Of 120 names the receipt shows 50; of the other 70 one is linked.
many() {
	setup
	{
		echo id,system_id
		seq -f '%03g' 1 120 | sed 's/.*/r&,m-&/'
	} >"$work/runs.csv"
	printf 'id,system_id,title\ni1,m-049,One\ni2,m-120,Two\n' >"$work/incidents.csv"
	step link add m-060 chatbot
	run import --feed runs --format red_team "$work/runs.csv" --observed 2026-11-15 --replace --json
	same 'a receipt says how many names it leaves out' \
		'[50,"m-001","m-050",["and 69 more names that nobody knows: see aismm link unresolved"]]' \
		"$(json '[(.unresolved|length),.unresolved[0],.unresolved[-1],.warnings]')"
	run import --feed incidents --format incident "$work/incidents.csv" --observed 2026-11-15 --json
	same 'and nothing of it when none is left out' '[["m-049","m-120"],[]]' "$(json '[.unresolved,.warnings]')"
}

reference() { echo ".objectives[]|select(.id==\"$1\")|[.yes,.no,.unknown]"; }

# With the reference model: what a model's name means is known better after a link, not worse.
models() {
	step unit import "$data/units.csv"
	printf 'id,unit,name,stage,tier,registered,last_seen_at,model_id,calls_model,internet_facing\nchat,lab,Chat,production,high,true,2026-11-18,gpt2,true,true\n' \
		>"$work/register.csv"
	printf 'id,unit,name,stage,deployment,in_use\nhuggingface:gpt2,lab,gpt2,production,self_hosted,true\n' >"$work/models.csv"
	{
		echo id,unit,system_id,class,probe,total,failed,finished_at
		for class in prompt_injection jailbreak leakage malware; do
			echo "a-$class,lab,huggingface:gpt2,$class,p.$class,200,1,2026-11-05"
			echo "b-$class,lab,gpt2,$class,p.$class,200,1,2026-11-05"
		done
	} >"$work/runs.csv"
	step import --feed register --format ai_system --observed 2026-11-19 "$work/register.csv"
	step import --feed models --format model --observed 2026-11-19 "$work/models.csv"
	step import --feed runs --format red_team --observed 2026-11-19 "$work/runs.csv"
	step evaluate
	is 'runs against a model count for the model' '[1,0,0]' "$(reference MOD-03.3)" score --unit lab
	is 'and for no system, even where the register says which one uses it' '[0,1,0]' "$(reference APP-03.3)" score --unit lab
	is 'the report says so, and which one uses it' '[["gpt2",4,["chat"]],["huggingface:gpt2",4,[]]]' \
		'[.names[]|[.name,.rows,.suggestions]]' link unresolved
	step link add '*gpt2' chat
	step evaluate
	is 'a pattern says what the name of a model means' '[1,0,0]' "$(reference APP-03.3)" score --unit lab
	is 'and takes nothing from the model' '[1,0,0]' "$(reference MOD-03.3)" score --unit lab
}

# The log of a policy engine calls a system what it likes, as system and as target.
targets() {
	step unit import "$data/units.csv"
	printf 'id,unit,name,stage,tier,registered,approved,approved_at\nchat,shop,Chat,production,low,true,true,2026-11-10T10:05:00Z\n' \
		>"$work/register.csv"
	cat >"$work/log.csv" <<-'M'
		id,unit,decided_at,rule,engine,stage,target,system_id,outcome,enforced
		p1,shop,2026-11-10T10:00:00Z,R1,opa,pipeline,prod/chat,prod/chat,allow,true
		p2,shop,2026-11-09T10:00:00Z,R1,opa,pipeline,other,chat,deny,true
	M
	step import --feed register --format ai_system --observed 2026-11-19 "$work/register.csv"
	step import --feed log --format policy_result --observed 2026-11-19 "$work/log.csv"
	step evaluate
	is 'a decision about a name nobody knows is none about the system' '[0,1,0]' "$(reference GOV-05.1)" score
	step link add prod/chat chat
	step evaluate
	is 'linked, it is' '[1,0,0]' "$(reference GOV-05.1)" score
}

# A list that says something else about a system does not make its last sighting older.
lists() {
	step unit import "$data/units.csv"
	printf 'id,unit,name,stage,registered,approved,last_seen_at\nold,shop,Old,retired,true,true,2026-11-10\n' >"$work/register.csv"
	printf 'id,unit,approved\nold,shop,true\n' >"$work/approvals.csv"
	step import --feed register --format ai_system --observed 2026-11-12 "$work/register.csv"
	step evaluate
	is 'a retired system that still runs is a failure' '[0,1,0]' "$(reference GOV-02.2)" score --unit shop
	step import --feed approvals --format ai_system --observed 2026-11-19 "$work/approvals.csv"
	step evaluate
	is 'and stays one when a newer list names it' '[0,1,0]' "$(reference GOV-02.2)" score --unit shop
}

# Who saw a system long ago does not know whether there is one.
stale() {
	step model import "$data/links.yaml"
	step model activate links
	step unit import "$data/units.csv"
	printf 'id,unit,name,registered,last_seen_at\nchatbot,north,Chatbot,true,2026-11-01\n' >"$work/register.csv"
	printf 'id,unit,name,system_id\nt1,north,search,ghost\n' >"$work/tools.csv"
	step import --feed register --format ai_system --observed 2026-11-12 "$work/register.csv"
	step import --feed tools --format tool --observed 2026-10-15 "$work/tools.csv"
	step evaluate
	is 'a tool shows a system' '[["north","ghost","unknown"]]' "$(subjects)" explain AAA-03.1
	step import --feed tools --format tool --observed 2026-10-25 "$work/tools.csv"
	step evaluate
	is 'for as long as the list of tools holds' '[["north","ghost","no"]]' "$(subjects)" explain AAA-03.1
	is 'and so does the count' '"2026-11-24T00:00:00Z"' '[.measures[]|select(.unit=="north")|.expires][0]' explain AAA-03.1
}

# Two registers of one day: the feed whose name comes first holds, whichever was there first.
ties() {
	step model import "$data/coverage.yaml"
	step model activate coverage
	step unit import "$data/units.csv"
	printf 'id,unit,name,stage\nchatbot,north,Chatbot,pilot\n' >"$work/b.csv"
	sed 's/pilot/production/' "$work/b.csv" >"$work/a.csv"
	for feed in a b; do
		step import --feed "$feed" --format ai_system --observed 2026-11-12 "$work/$feed.csv"
	done
	step evaluate
	is 'of two feeds of one instant the one whose name comes first holds' '[1,0,0]' "$(own AAA-02.2)" score --unit north
}

# The record that decides is shown, under whatever name it came.
traces() {
	step unit import "$data/units.csv"
	printf 'id,unit,name,stage,last_seen_at\nchat,shop,Chat,production,2026-11-10\n' >"$work/register.csv"
	printf 'id,unit,registered,approved\nprod/chat,lab,false,false\n' >"$work/proxy.csv"
	step import --feed register --format ai_system --observed 2026-11-12 "$work/register.csv"
	step import --feed proxy --format ai_system --observed 2026-11-13 "$work/proxy.csv"
	step link add prod/chat chat
	step evaluate
	is 'a row under another name decides' '[["shop","chat","no"]]' "$(subjects)" explain GOV-02.2 --unit shop
	is 'and is shown' '["proxy","register"]' '[.subjects.list[0].records[].feed]' explain GOV-02.2 --unit shop
}

on_each_store costs dismissed links refusals merges many glimpses sightings silence timeless models targets lists stale ties traces
finish
