# Traces do_configure, do_compile and do_install of target recipes, and tells which files of the build host
# entered them.
#
#   INHERIT += "hostbleed"          in local.conf: every target recipe
#   inherit hostbleed               in a recipe: that one
#
# SPDX-License-Identifier: MIT

# How to call hostbleed. Tasks see no PATH but hosttools, so name the program and its interpreter in full:
# "/usr/bin/node /opt/hostbleed/hostbleed.mjs".
HOSTBLEED_CMD ?= "hostbleed"
# More options for `hostbleed run`, as "--rules /path/to/ours.yaml".
HOSTBLEED_OPTIONS ?= ""
# "0" switches a recipe off: HOSTBLEED_ENABLED:pn-linux-yocto = "0".
HOSTBLEED_ENABLED ?= "1"
HOSTBLEED_TASKS ?= "do_configure do_compile do_install"
# Folders besides WORKDIR that builds write to.
HOSTBLEED_BUILD_DIRS ?= "${TMPDIR}/work-shared"

# What fails a task and what only warns: severities (error, warning, note), packs (headers) or rules
# (headers/host-header). What neither names is in the reports alone.
HOSTBLEED_ERROR ?= "error"
HOSTBLEED_WARN ?= "warning"
# Packs and rules that a recipe may break: HOSTBLEED_SKIP:pn-foo = "pkgconfig/host-pc-file".
HOSTBLEED_SKIP ?= ""

# Ending of the log to keep beside the reports, as "zst"; none is kept when empty.
HOSTBLEED_SAVE ?= ""
# Any value makes traced tasks differ from untraced ones, so that nothing comes from stamps or sstate.
HOSTBLEED_REBUILD ?= ""

HOSTBLEED_DIR = "${WORKDIR}/hostbleed"
HOSTBLEED_DEPLOY_DIR ?= "${DEPLOY_DIR}/hostbleed"
HOSTBLEED_DEPLOY_RECIPE_DIR = "${HOSTBLEED_DEPLOY_DIR}/${PACKAGE_ARCH}/${PN}"

HOSTTOOLS += "strace"
HOSTTOOLS_NONFATAL += "hostbleed node"

# The first run of a task's script hands over to a second one, below strace, that has the mark and goes on.
# TMPDIR is for hostbleed's own pipe: pseudo fakes pipes in the folders that it watches, and T is none of them.
hostbleed_trace() {
	if [ "$_hostbleed_task" != "$1" ]; then
		mkdir -p "${HOSTBLEED_DIR}"
		export _hostbleed_task="$1"
		# BitBake's link to the script has no number in its name, so that reports stay comparable.
		_hostbleed_script="${T}/run.$1"
		[ "$_hostbleed_script" -ef "$0" ] || _hostbleed_script="$0"
		TMPDIR="${T}" exec ${HOSTBLEED_CMD} run --name "${PN}:$1" --quiet --fail-on never \
			--target "${TARGET_SYS}" --host "${BUILD_SYS}" \
			--sysroot "${STAGING_DIR_TARGET}" --native-sysroot "${STAGING_DIR_NATIVE}" \
			--build-dir "${WORKDIR}" ${@hostbleed_build_dirs(d)} \
			--report "json=${HOSTBLEED_DIR}/$1.json" \
			--report "sarif=${HOSTBLEED_DIR}/$1.sarif" \
			--report "text=${HOSTBLEED_DIR}/$1.txt" \
			${@'--save "${HOSTBLEED_DIR}/$1.strace.${HOSTBLEED_SAVE}"' if d.getVar('HOSTBLEED_SAVE') else ''} \
			${HOSTBLEED_OPTIONS} -- env -u TMPDIR "$_hostbleed_script"
	fi
	unset _hostbleed_task
}

def hostbleed_build_dirs(d):
    return " ".join('--build-dir "%s"' % folder for folder in d.getVar("HOSTBLEED_BUILD_DIRS").split())

# Judges the reports of the task that has just ended, in the manner of insane.bbclass.
python hostbleed_judge() {
    import json, os, shutil

    task = d.getVar("BB_RUNTASK")
    folder = d.getVar("HOSTBLEED_DIR")
    path = os.path.join(folder, task + ".json")
    if not os.path.exists(path):
        return
    with open(path) as f:
        report = json.load(f)

    deploy = d.getVar("HOSTBLEED_DEPLOY_RECIPE_DIR")
    bb.utils.mkdirhier(deploy)
    for ending in ("json", "sarif", "txt"):
        shutil.copy(os.path.join(folder, "%s.%s" % (task, ending)), deploy)

    def named(finding, variable):
        words = (d.getVar(variable) or "").split()
        rule = finding["rule"]
        return any(word in words for word in (finding["severity"], rule, rule.split("/")[0]))

    failed = False
    for finding in report["findings"]:
        if named(finding, "HOSTBLEED_SKIP"):
            continue
        expected = finding.get("expected")
        text = "hostbleed: %s: %s took %s%s [%s]" % (
            task, os.path.basename(finding["process"]["program"]), finding["path"],
            ", expected " + expected["path"] if expected else "", finding["rule"])
        # Names come from the build: none may write to the terminal.
        text = "".join(c if c.isprintable() else "\\x%02x" % ord(c) for c in text)
        if named(finding, "HOSTBLEED_ERROR"):
            bb.error(text)
            failed = True
        elif named(finding, "HOSTBLEED_WARN"):
            bb.warn(text)
    if failed:
        bb.fatal("Files of the build host entered this recipe; see %s" % os.path.join(folder, task + ".txt"))
}

# Only the recipe's own functions decide over its hash: traced or not, it makes the same output, and shares
# the same sstate.
python () {
    if not bb.utils.to_boolean(d.getVar("HOSTBLEED_ENABLED")):
        return
    if any(bb.data.inherits_class(name, d) for name in ("native", "cross", "crosssdk", "cross-canadian", "nativesdk")):
        return
    for task in d.getVar("HOSTBLEED_TASKS").split():
        if d.getVarFlag(task, "noexec", False) or not d.getVarFlag(task, "task", False):
            continue
        if d.getVarFlag(task, "python", False):
            bb.debug(1, "hostbleed: %s is no shell task, and is not traced" % task)
            continue
        call = "    hostbleed_trace %s\n" % task
        d.prependVar(task, call)
        d.appendVarFlag(task, "postfuncs", " hostbleed_judge")
        d.appendVarFlag(task, "vardepsexclude", " hostbleed_trace hostbleed_judge")
        exclude = d.getVarFlag(task, "vardepvalueexclude", False)
        d.setVarFlag(task, "vardepvalueexclude", "%s|%s" % (exclude, call) if exclude else call)
        if d.getVar("HOSTBLEED_REBUILD"):
            d.appendVarFlag(task, "vardeps", " HOSTBLEED_REBUILD")
}

# One report a recipe, from those of its tasks.
python do_hostbleed_report() {
    import glob, os

    folder = d.getVar("HOSTBLEED_DEPLOY_RECIPE_DIR")
    reports = sorted(glob.glob(os.path.join(folder, "do_*.json")))
    if reports:
        hostbleed_merge(d, reports, os.path.join(folder, "recipe"))
}
addtask hostbleed_report after do_install
do_hostbleed_report[nostamp] = "1"
do_hostbleed_report[doc] = "Merges hostbleed's reports of this recipe's tasks"

# One report for all that was built so far.
addhandler hostbleed_summary
hostbleed_summary[eventmask] = "bb.event.BuildCompleted"
python hostbleed_summary() {
    import glob, os

    folder = d.getVar("HOSTBLEED_DEPLOY_DIR")
    reports = sorted(glob.glob(os.path.join(folder, "*", "*", "do_*.json")))
    if reports:
        hostbleed_merge(d, reports, os.path.join(folder, "summary"))
        bb.plain("hostbleed: the report of %d tasks is in %s" % (len(reports), os.path.join(folder, "summary.txt")))
}

def hostbleed_merge(d, reports, stem):
    import shlex, subprocess

    wanted = [word for name, ending in (("json", "json"), ("sarif", "sarif"), ("text", "txt"))
              for word in ("--report", "%s=%s.%s" % (name, stem, ending))]
    command = shlex.split(d.getVar("HOSTBLEED_CMD")) + ["merge", "--format", "text"] + wanted + reports
    try:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        bb.warn("hostbleed: no summary: %s" % (getattr(error, "stderr", None) or error))
