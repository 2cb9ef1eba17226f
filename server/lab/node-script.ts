import type { LabNode, LabPlan } from './plan.ts'
import { type Command, inside } from './wiring.ts'

/**
 * Puts itself into the node's control group of every hierarchy, and makes that what the node takes for the whole: a platform's groups of one node are not those of another. The
 * engine is in a group below it, since version 2 wants processes in leaves only. A cpuset of version 1 takes nobody before it has processors.
 */
const ENTER = `
set -e
lab=$1 node=$2 inside=$3
shift 3
hierarchies=$(awk '$3 ~ /^cgroup2?$/ { print $2 }' /proc/mounts)
open() {
  [ -f "$1/cgroup.subtree_control" ] || return 0
  for controller in $(cat "$1/cgroup.controllers"); do echo "+$controller" >"$1/cgroup.subtree_control"; done
}
make() {
  mkdir -p "$1/$2"
  for file in cpuset.cpus cpuset.mems; do
    [ ! -f "$1/$file" ] || [ -n "$(cat "$1/$2/$file")" ] || cat "$1/$file" >"$1/$2/$file"
  done
}
for at in $hierarchies; do
  open "$at"
  make "$at" "$lab"
  open "$at/$lab"
  make "$at/$lab" "$node"
  echo $$ >"$at/$lab/$node/cgroup.procs"
done
export lab node hierarchies
exec unshare --cgroup sh -c '
set -e
for at in $hierarchies; do
  mkdir -p "$at/$lab/$node/engine"
  for file in cpuset.cpus cpuset.mems; do
    [ ! -f "$at/$lab/$node/$file" ] || cat "$at/$lab/$node/$file" >"$at/$lab/$node/engine/$file"
  done
  echo $$ >"$at/$lab/$node/engine/cgroup.procs"
  [ ! -f "$at/cgroup.subtree_control" ] || for controller in $(cat "$at/$lab/$node/cgroup.controllers"); do
    echo "+$controller" >"$at/$lab/$node/cgroup.subtree_control"
  done
done
inside=$1
shift
exec unshare --mount --pid --uts --fork --kill-child --mount-proc sh -c "$inside" node "$@"
' node "$inside" "$@"
`

/**
 * The first process of a node: all others of it end with this one, as all of a machine ends with its power. Nothing below /run is seen from outside or sees what is there: no
 * firewall's or container service of this machine, and what an engine leaves behind when it is killed is gone. An engine's settings and key are its own.
 */
const INSIDE = `
set -e
folder=$1
shift
hostname "$node"
for at in $hierarchies; do mount --bind "$at/$lab/$node" "$at"; done
mount -t tmpfs -o mode=755 none /run
mkdir -p /etc/docker
mount --bind "$folder/etc" /etc/docker
unset lab node hierarchies
"$@" &
wait $!
`

/** What the engine is told, as its daemon.json. Not that of this machine's engine. Inside of the node it answers where every engine does. */
export const engineSettings = ({ socket, folder }: LabNode): object => ({
  hosts: [`unix://${socket}`, 'unix:///run/docker.sock'],
  'data-root': `${folder}/data`,
  'exec-root': '/run/docker',
  pidfile: '/run/docker.pid',
  'storage-driver': 'overlay2',
  'exec-opts': ['native.cgroupdriver=cgroupfs'],
})

/** Pure: starts a node's engine, and goes on as long as it. Its containers are processes below it. */
export const nodeCommand = (plan: LabPlan, { name, namespace, folder }: LabNode): Command =>
  inside(namespace, ['sh', '-c', ENTER, 'node', plan.name, name, INSIDE, folder, 'dockerd'])
