// Made by scripts/gen-spec.ts from src/oci/schema. Do not edit.
"use strict";
export const validateConfig = validate21;
const schema6 = {"type":"object","properties":{"ociVersion":{"type":"string"},"root":{"type":"object","properties":{"path":{"type":"string"},"readonly":{"type":"boolean"}},"required":["path"],"additionalProperties":false},"process":{"$ref":"#/definitions/process"},"hostname":{"type":"string"},"domainname":{"type":"string"},"mounts":{"type":"array","items":{"type":"object","properties":{"destination":{"type":"string","pattern":"^[^]","description":"a string that is not empty"},"type":{"type":"string"},"source":{"type":"string"},"options":{"$ref":"#/definitions/strings"},"uidMappings":{"$ref":"#/definitions/idMappings"},"gidMappings":{"$ref":"#/definitions/idMappings"}},"required":["destination"],"additionalProperties":false}},"hooks":{"type":"object","properties":{"prestart":{"$ref":"#/definitions/hooks"},"createRuntime":{"$ref":"#/definitions/hooks"},"createContainer":{"$ref":"#/definitions/hooks"},"startContainer":{"$ref":"#/definitions/hooks"},"poststart":{"$ref":"#/definitions/hooks"},"poststop":{"$ref":"#/definitions/hooks"}},"required":[],"additionalProperties":false},"annotations":{"type":"object","additionalProperties":{"type":"string"},"propertyNames":{"pattern":"^[^]"}},"linux":{"type":"object","properties":{"namespaces":{"type":"array","items":{"type":"object","properties":{"type":{"type":"string","enum":["pid","network","mount","ipc","uts","user","cgroup","time"]},"path":{"type":"string"}},"required":["type"],"additionalProperties":false}},"uidMappings":{"$ref":"#/definitions/idMappings"},"gidMappings":{"$ref":"#/definitions/idMappings"},"timeOffsets":{"type":"object","properties":{"monotonic":{"type":"object","properties":{"secs":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"nanosecs":{"type":"integer","minimum":0,"maximum":999999999}},"required":[],"additionalProperties":false},"boottime":{"type":"object","properties":{"secs":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"nanosecs":{"type":"integer","minimum":0,"maximum":999999999}},"required":[],"additionalProperties":false}},"required":[],"additionalProperties":false},"devices":{"type":"array","items":{"type":"object","properties":{"type":{"type":"string","pattern":"^[cbup]$","description":"one of \"c\", \"b\", \"u\", \"p\""},"path":{"type":"string"},"major":{"type":"integer","minimum":0,"maximum":4095},"minor":{"type":"integer","minimum":0,"maximum":1048575},"fileMode":{"type":"integer","minimum":0,"maximum":511,"description":"a file mode in decimal, 0 to 511 (octal 777)"},"uid":{"type":"integer","minimum":0,"maximum":4294967295},"gid":{"type":"integer","minimum":0,"maximum":4294967295}},"required":["type","path"],"additionalProperties":false}},"netDevices":{"type":"object","additionalProperties":{"type":"object","properties":{"name":{"type":"string"}},"required":[],"additionalProperties":false},"propertyNames":{"pattern":"^[^]"}},"cgroupsPath":{"type":"string"},"resources":{"$ref":"#/definitions/resources"},"intelRdt":{"type":"object","properties":{"closID":{"type":"string"},"schemata":{"$ref":"#/definitions/strings"},"l3CacheSchema":{"type":"string"},"memBwSchema":{"type":"string","pattern":"^MB:[^\\n]*$","description":"one line that begins with \"MB:\""},"enableMonitoring":{"type":"boolean"},"enableCMT":{"type":"boolean"},"enableMBM":{"type":"boolean"}},"required":[],"additionalProperties":false},"memoryPolicy":{"type":"object","properties":{"mode":{"type":"string","enum":["MPOL_DEFAULT","MPOL_BIND","MPOL_INTERLEAVE","MPOL_WEIGHTED_INTERLEAVE","MPOL_PREFERRED","MPOL_PREFERRED_MANY","MPOL_LOCAL"]},"nodes":{"type":"string"},"flags":{"type":"array","items":{"type":"string","enum":["MPOL_F_NUMA_BALANCING","MPOL_F_RELATIVE_NODES","MPOL_F_STATIC_NODES"]}}},"required":["mode"],"additionalProperties":false},"sysctl":{"type":"object","additionalProperties":{"type":"string"},"propertyNames":{"pattern":"^[^]"}},"seccomp":{"type":"object","properties":{"defaultAction":{"type":"string","enum":["SCMP_ACT_KILL","SCMP_ACT_KILL_PROCESS","SCMP_ACT_KILL_THREAD","SCMP_ACT_TRAP","SCMP_ACT_ERRNO","SCMP_ACT_TRACE","SCMP_ACT_ALLOW","SCMP_ACT_LOG","SCMP_ACT_NOTIFY"]},"defaultErrnoRet":{"type":"integer","minimum":0,"maximum":4294967295},"architectures":{"type":"array","items":{"type":"string","enum":["SCMP_ARCH_X86","SCMP_ARCH_X86_64","SCMP_ARCH_X32","SCMP_ARCH_ARM","SCMP_ARCH_AARCH64","SCMP_ARCH_LOONGARCH64","SCMP_ARCH_M68K","SCMP_ARCH_MIPS","SCMP_ARCH_MIPS64","SCMP_ARCH_MIPS64N32","SCMP_ARCH_MIPSEL","SCMP_ARCH_MIPSEL64","SCMP_ARCH_MIPSEL64N32","SCMP_ARCH_PPC","SCMP_ARCH_PPC64","SCMP_ARCH_PPC64LE","SCMP_ARCH_S390","SCMP_ARCH_S390X","SCMP_ARCH_SH","SCMP_ARCH_SHEB","SCMP_ARCH_PARISC","SCMP_ARCH_PARISC64","SCMP_ARCH_RISCV64"]}},"flags":{"type":"array","items":{"type":"string","enum":["SECCOMP_FILTER_FLAG_TSYNC","SECCOMP_FILTER_FLAG_LOG","SECCOMP_FILTER_FLAG_SPEC_ALLOW","SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"]}},"listenerPath":{"type":"string"},"listenerMetadata":{"type":"string"},"syscalls":{"type":"array","items":{"type":"object","properties":{"names":{"type":"array","items":{"type":"string"},"minItems":1},"action":{"type":"string","enum":["SCMP_ACT_KILL","SCMP_ACT_KILL_PROCESS","SCMP_ACT_KILL_THREAD","SCMP_ACT_TRAP","SCMP_ACT_ERRNO","SCMP_ACT_TRACE","SCMP_ACT_ALLOW","SCMP_ACT_LOG","SCMP_ACT_NOTIFY"]},"errnoRet":{"type":"integer","minimum":0,"maximum":4294967295},"args":{"type":"array","items":{"type":"object","properties":{"index":{"type":"integer","minimum":0,"maximum":5},"value":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"valueTwo":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"op":{"type":"string","enum":["SCMP_CMP_NE","SCMP_CMP_LT","SCMP_CMP_LE","SCMP_CMP_EQ","SCMP_CMP_GE","SCMP_CMP_GT","SCMP_CMP_MASKED_EQ"]}},"required":["index","value","op"],"additionalProperties":false}}},"required":["names","action"],"additionalProperties":false}}},"required":["defaultAction"],"additionalProperties":false},"rootfsPropagation":{"type":"string","enum":["shared","slave","private","unbindable","rshared","rslave","rprivate","runbindable"]},"maskedPaths":{"$ref":"#/definitions/strings"},"readonlyPaths":{"$ref":"#/definitions/strings"},"mountLabel":{"type":"string"},"personality":{"type":"object","properties":{"domain":{"type":"string","enum":["LINUX","LINUX32"]},"flags":{"$ref":"#/definitions/strings"}},"required":["domain"],"additionalProperties":false}},"required":[],"additionalProperties":false},"solaris":{"type":"object","properties":{"milestone":{"type":"string"},"limitpriv":{"type":"string"},"maxShmMemory":{"type":"string"},"cappedCPU":{"type":"object","properties":{"ncpus":{"type":"string"}},"required":[],"additionalProperties":false},"cappedMemory":{"type":"object","properties":{"physical":{"type":"string"},"swap":{"type":"string"}},"required":[],"additionalProperties":false},"anet":{"type":"array","items":{"type":"object","properties":{"linkname":{"type":"string"},"lowerLink":{"type":"string"},"allowedAddress":{"type":"string"},"configureAllowedAddress":{"type":"string"},"defrouter":{"type":"string"},"macAddress":{"type":"string"},"linkProtection":{"type":"string"}},"required":[],"additionalProperties":false}}},"required":[],"additionalProperties":false},"windows":{"type":"object","properties":{"layerFolders":{"type":"array","items":{"type":"string"},"minItems":1},"devices":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"idType":{"type":"string","enum":["class"]}},"required":["id","idType"],"additionalProperties":false}},"resources":{"type":"object","properties":{"memory":{"type":"object","properties":{"limit":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":[],"additionalProperties":false},"cpu":{"type":"object","properties":{"count":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"shares":{"type":"integer","minimum":0,"maximum":65535},"maximum":{"type":"integer","minimum":0,"maximum":65535},"affinity":{"type":"object","properties":{"mask":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"group":{"type":"integer","minimum":0,"maximum":4294967295}},"required":[],"additionalProperties":false}},"required":[],"additionalProperties":false},"storage":{"type":"object","properties":{"iops":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"bps":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"sandboxSize":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":[],"additionalProperties":false}},"required":[],"additionalProperties":false},"network":{"type":"object","properties":{"endpointList":{"$ref":"#/definitions/strings"},"allowUnqualifiedDNSQuery":{"type":"boolean"},"DNSSearchList":{"$ref":"#/definitions/strings"},"networkSharedContainerName":{"type":"string"},"networkNamespace":{"type":"string"}},"required":[],"additionalProperties":false},"credentialSpec":{"type":"object"},"servicing":{"type":"boolean"},"ignoreFlushesDuringBoot":{"type":"boolean"},"hyperv":{"type":"object","properties":{"utilityVMPath":{"type":"string"}},"required":[],"additionalProperties":false}},"required":["layerFolders"],"additionalProperties":false},"vm":{"type":"object","properties":{"hypervisor":{"type":"object","properties":{"path":{"type":"string"},"parameters":{"$ref":"#/definitions/strings"}},"required":["path"],"additionalProperties":false},"kernel":{"type":"object","properties":{"path":{"type":"string"},"parameters":{"$ref":"#/definitions/strings"},"initrd":{"type":"string"}},"required":["path"],"additionalProperties":false},"image":{"type":"object","properties":{"path":{"type":"string"},"format":{"type":"string","enum":["raw","qcow2","vdi","vmdk","vhd"]}},"required":["path","format"],"additionalProperties":false},"hwConfig":{"type":"object","properties":{"deviceTree":{"type":"string"},"vcpus":{"type":"integer","minimum":0,"maximum":4294967295},"memory":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"dtdevs":{"$ref":"#/definitions/strings"},"iomems":{"type":"array","items":{"type":"object","properties":{"firstGFN":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"firstMFN":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"nrMFNs":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["firstMFN","nrMFNs"],"additionalProperties":false}},"irqs":{"type":"array","items":{"type":"integer","minimum":0,"maximum":4294967295}}},"required":[],"additionalProperties":false}},"required":["kernel"],"additionalProperties":false},"zos":{"type":"object","properties":{"namespaces":{"type":"array","items":{"type":"object","properties":{"type":{"type":"string","enum":["mount","pid","uts","ipc"]},"path":{"type":"string"}},"required":["type"],"additionalProperties":false}}},"required":[],"additionalProperties":false},"freebsd":{"type":"object","properties":{"devices":{"type":"array","items":{"type":"object","properties":{"path":{"type":"string"},"mode":{"type":"integer","minimum":0,"maximum":511}},"required":[],"additionalProperties":false}},"jail":{"type":"object","properties":{"parent":{"type":"string"},"host":{"type":"string","enum":["new","inherit"]},"ip4":{"type":"string","enum":["disable","new","inherit"]},"ip4Addr":{"$ref":"#/definitions/strings"},"ip6":{"type":"string","enum":["disable","new","inherit"]},"ip6Addr":{"$ref":"#/definitions/strings"},"vnet":{"type":"string","enum":["new","inherit"]},"interface":{"type":"string"},"vnetInterfaces":{"$ref":"#/definitions/strings"},"sysvmsg":{"type":"string","enum":["disable","new","inherit"]},"sysvsem":{"type":"string","enum":["disable","new","inherit"]},"sysvshm":{"type":"string","enum":["disable","new","inherit"]},"enforceStatfs":{"type":"integer","minimum":0,"maximum":255},"allow":{"type":"object","properties":{"setHostname":{"type":"boolean"},"rawSockets":{"type":"boolean"},"chflags":{"type":"boolean"},"mount":{"$ref":"#/definitions/strings"},"quotas":{"type":"boolean"},"socketAf":{"type":"boolean"},"mlock":{"type":"boolean"},"reservedPorts":{"type":"boolean"},"suser":{"type":"boolean"}},"required":[],"additionalProperties":false}},"required":[],"additionalProperties":false}},"required":[],"additionalProperties":false}},"required":["ociVersion"],"additionalProperties":false,"definitions":{"idMappings":{"type":"array","items":{"type":"object","properties":{"containerID":{"type":"integer","minimum":0,"maximum":4294967295},"hostID":{"type":"integer","minimum":0,"maximum":4294967295},"size":{"type":"integer","minimum":0,"maximum":4294967295}},"required":["containerID","hostID","size"],"additionalProperties":false}},"hooks":{"type":"array","items":{"type":"object","properties":{"path":{"type":"string"},"args":{"$ref":"#/definitions/strings"},"env":{"$ref":"#/definitions/strings"},"timeout":{"type":"integer","minimum":1,"maximum":9007199254740991,"description":"a number of seconds greater than zero"}},"required":["path"],"additionalProperties":false}},"strings":{"type":"array","items":{"type":"string"}},"process":{"type":"object","properties":{"terminal":{"type":"boolean"},"consoleSize":{"type":"object","properties":{"height":{"type":"integer","minimum":0,"maximum":65535},"width":{"type":"integer","minimum":0,"maximum":65535}},"required":["height","width"],"additionalProperties":false},"user":{"type":"object","properties":{"uid":{"type":"integer","minimum":0,"maximum":4294967295},"gid":{"type":"integer","minimum":0,"maximum":4294967295},"umask":{"type":"integer","minimum":0,"maximum":511,"description":"a file mode in decimal, 0 to 511 (octal 777)"},"additionalGids":{"type":"array","items":{"type":"integer","minimum":0,"maximum":4294967295}},"username":{"type":"string"}},"required":[],"additionalProperties":false},"args":{"$ref":"#/definitions/strings"},"commandLine":{"type":"string"},"env":{"$ref":"#/definitions/strings"},"cwd":{"type":"string"},"capabilities":{"type":"object","properties":{"bounding":{"$ref":"#/definitions/strings"},"effective":{"$ref":"#/definitions/strings"},"inheritable":{"$ref":"#/definitions/strings"},"permitted":{"$ref":"#/definitions/strings"},"ambient":{"$ref":"#/definitions/strings"}},"required":[],"additionalProperties":false},"rlimits":{"type":"array","items":{"type":"object","properties":{"type":{"type":"string","pattern":"^RLIMIT_[A-Z]+$","description":"a name such as \"RLIMIT_NOFILE\""},"soft":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"hard":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["type","soft","hard"],"additionalProperties":false}},"noNewPrivileges":{"type":"boolean"},"apparmorProfile":{"type":"string"},"oomScoreAdj":{"type":"integer","minimum":-1000,"maximum":1000},"scheduler":{"type":"object","properties":{"policy":{"type":"string","enum":["SCHED_OTHER","SCHED_FIFO","SCHED_RR","SCHED_BATCH","SCHED_ISO","SCHED_IDLE","SCHED_DEADLINE"]},"nice":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"priority":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"flags":{"type":"array","items":{"type":"string","enum":["SCHED_FLAG_RESET_ON_FORK","SCHED_FLAG_RECLAIM","SCHED_FLAG_DL_OVERRUN","SCHED_FLAG_KEEP_POLICY","SCHED_FLAG_KEEP_PARAMS","SCHED_FLAG_UTIL_CLAMP_MIN","SCHED_FLAG_UTIL_CLAMP_MAX"]}},"runtime":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"deadline":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"period":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["policy"],"additionalProperties":false},"selinuxLabel":{"type":"string"},"ioPriority":{"type":"object","properties":{"class":{"type":"string","enum":["IOPRIO_CLASS_RT","IOPRIO_CLASS_BE","IOPRIO_CLASS_IDLE"]},"priority":{"type":"integer","minimum":0,"maximum":7}},"required":["class"],"additionalProperties":false},"execCPUAffinity":{"type":"object","properties":{"initial":{"type":"string","pattern":"^[0-9, -]*$","description":"a CPU list such as \"0-3,7\""},"final":{"type":"string","pattern":"^[0-9, -]*$","description":"a CPU list such as \"0-3,7\""}},"required":[],"additionalProperties":false}},"required":["cwd"],"additionalProperties":false},"resources":{"type":"object","properties":{"unified":{"type":"object","additionalProperties":{"type":"string"},"propertyNames":{"pattern":"^[^]"}},"devices":{"type":"array","items":{"type":"object","properties":{"allow":{"type":"boolean"},"type":{"type":"string","enum":["a","b","c"]},"major":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"minor":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"access":{"type":"string","pattern":"^[rwm]*$","description":"some of the letters r, w and m"}},"required":["allow"],"additionalProperties":false}},"memory":{"type":"object","properties":{"limit":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"reservation":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"swap":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"kernel":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"kernelTCP":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"swappiness":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"disableOOMKiller":{"type":"boolean"},"useHierarchy":{"type":"boolean"},"checkBeforeUpdate":{"type":"boolean"}},"required":[],"additionalProperties":false},"cpu":{"type":"object","properties":{"shares":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"quota":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"burst":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"period":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"realtimeRuntime":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"realtimePeriod":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"cpus":{"type":"string"},"mems":{"type":"string"},"idle":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"}},"required":[],"additionalProperties":false},"pids":{"type":"object","properties":{"limit":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"}},"required":["limit"],"additionalProperties":false},"blockIO":{"type":"object","properties":{"weight":{"type":"integer","minimum":0,"maximum":65535},"leafWeight":{"type":"integer","minimum":0,"maximum":65535},"weightDevice":{"type":"array","items":{"type":"object","properties":{"major":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"minor":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"weight":{"type":"integer","minimum":0,"maximum":65535},"leafWeight":{"type":"integer","minimum":0,"maximum":65535}},"required":["major","minor"],"additionalProperties":false}},"throttleReadBpsDevice":{"$ref":"#/definitions/throttleDevices"},"throttleWriteBpsDevice":{"$ref":"#/definitions/throttleDevices"},"throttleReadIOPSDevice":{"$ref":"#/definitions/throttleDevices"},"throttleWriteIOPSDevice":{"$ref":"#/definitions/throttleDevices"}},"required":[],"additionalProperties":false},"hugepageLimits":{"type":"array","items":{"type":"object","properties":{"pageSize":{"type":"string","pattern":"^[1-9][0-9]*[KMG]B$","description":"a size such as \"64KB\", \"2MB\" or \"1GB\""},"limit":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["pageSize","limit"],"additionalProperties":false}},"network":{"type":"object","properties":{"classID":{"type":"integer","minimum":0,"maximum":4294967295},"priorities":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"priority":{"type":"integer","minimum":0,"maximum":4294967295}},"required":["name","priority"],"additionalProperties":false}}},"required":[],"additionalProperties":false},"rdma":{"type":"object","additionalProperties":{"type":"object","properties":{"hcaHandles":{"type":"integer","minimum":0,"maximum":4294967295},"hcaObjects":{"type":"integer","minimum":0,"maximum":4294967295}},"required":[],"additionalProperties":false},"propertyNames":{"pattern":"^[^]"}}},"required":[],"additionalProperties":false},"throttleDevices":{"type":"array","items":{"type":"object","properties":{"major":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"minor":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"rate":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["major","minor","rate"],"additionalProperties":false}}}};
const func2 = Object.prototype.hasOwnProperty;
const schema7 = {"type":"object","properties":{"terminal":{"type":"boolean"},"consoleSize":{"type":"object","properties":{"height":{"type":"integer","minimum":0,"maximum":65535},"width":{"type":"integer","minimum":0,"maximum":65535}},"required":["height","width"],"additionalProperties":false},"user":{"type":"object","properties":{"uid":{"type":"integer","minimum":0,"maximum":4294967295},"gid":{"type":"integer","minimum":0,"maximum":4294967295},"umask":{"type":"integer","minimum":0,"maximum":511,"description":"a file mode in decimal, 0 to 511 (octal 777)"},"additionalGids":{"type":"array","items":{"type":"integer","minimum":0,"maximum":4294967295}},"username":{"type":"string"}},"required":[],"additionalProperties":false},"args":{"$ref":"#/definitions/strings"},"commandLine":{"type":"string"},"env":{"$ref":"#/definitions/strings"},"cwd":{"type":"string"},"capabilities":{"type":"object","properties":{"bounding":{"$ref":"#/definitions/strings"},"effective":{"$ref":"#/definitions/strings"},"inheritable":{"$ref":"#/definitions/strings"},"permitted":{"$ref":"#/definitions/strings"},"ambient":{"$ref":"#/definitions/strings"}},"required":[],"additionalProperties":false},"rlimits":{"type":"array","items":{"type":"object","properties":{"type":{"type":"string","pattern":"^RLIMIT_[A-Z]+$","description":"a name such as \"RLIMIT_NOFILE\""},"soft":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"hard":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["type","soft","hard"],"additionalProperties":false}},"noNewPrivileges":{"type":"boolean"},"apparmorProfile":{"type":"string"},"oomScoreAdj":{"type":"integer","minimum":-1000,"maximum":1000},"scheduler":{"type":"object","properties":{"policy":{"type":"string","enum":["SCHED_OTHER","SCHED_FIFO","SCHED_RR","SCHED_BATCH","SCHED_ISO","SCHED_IDLE","SCHED_DEADLINE"]},"nice":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"priority":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"flags":{"type":"array","items":{"type":"string","enum":["SCHED_FLAG_RESET_ON_FORK","SCHED_FLAG_RECLAIM","SCHED_FLAG_DL_OVERRUN","SCHED_FLAG_KEEP_POLICY","SCHED_FLAG_KEEP_PARAMS","SCHED_FLAG_UTIL_CLAMP_MIN","SCHED_FLAG_UTIL_CLAMP_MAX"]}},"runtime":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"deadline":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"period":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["policy"],"additionalProperties":false},"selinuxLabel":{"type":"string"},"ioPriority":{"type":"object","properties":{"class":{"type":"string","enum":["IOPRIO_CLASS_RT","IOPRIO_CLASS_BE","IOPRIO_CLASS_IDLE"]},"priority":{"type":"integer","minimum":0,"maximum":7}},"required":["class"],"additionalProperties":false},"execCPUAffinity":{"type":"object","properties":{"initial":{"type":"string","pattern":"^[0-9, -]*$","description":"a CPU list such as \"0-3,7\""},"final":{"type":"string","pattern":"^[0-9, -]*$","description":"a CPU list such as \"0-3,7\""}},"required":[],"additionalProperties":false}},"required":["cwd"],"additionalProperties":false};
const schema8 = {"type":"array","items":{"type":"string"}};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(typeof data[i0] !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type"}); errors++;
}
validate23.errors = vErrors;
return errors === 0;
}

const pattern0 = new RegExp("^RLIMIT_[A-Z]+$", "u");
const pattern1 = new RegExp("^[0-9, -]*$", "u");

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.cwd === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "cwd"}}); errors++;
}
for(const key0 in data){
if(!(func2.call(schema7.properties, key0))){
(vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.terminal !== undefined){
if(typeof data.terminal !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/terminal",keyword:"type"}); errors++;
}
}
if(data.consoleSize !== undefined){
let data1 = data.consoleSize;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.height === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize",keyword:"required",params:{missingProperty: "height"}}); errors++;
}
if(data1.width === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize",keyword:"required",params:{missingProperty: "width"}}); errors++;
}
for(const key1 in data1){
if(!((key1 === "height") || (key1 === "width"))){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize",keyword:"additionalProperties",params:{additionalProperty: key1}}); errors++;
}
}
if(data1.height !== undefined){
let data2 = data1.height;
if(!(Number.isInteger(data2))){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize/height",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize/height",keyword:"maximum"}); errors++;
}
if(data2 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize/height",keyword:"minimum"}); errors++;
}
}
}
if(data1.width !== undefined){
let data3 = data1.width;
if(!(Number.isInteger(data3))){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize/width",keyword:"type"}); errors++;
}
if(typeof data3 == "number"){
if(data3 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize/width",keyword:"maximum"}); errors++;
}
if(data3 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize/width",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize",keyword:"type"}); errors++;
}
}
if(data.user !== undefined){
let data4 = data.user;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key2 in data4){
if(!(((((key2 === "uid") || (key2 === "gid")) || (key2 === "umask")) || (key2 === "additionalGids")) || (key2 === "username"))){
(vErrors ??= []).push({instancePath:instancePath+"/user",keyword:"additionalProperties",params:{additionalProperty: key2}}); errors++;
}
}
if(data4.uid !== undefined){
let data5 = data4.uid;
if(!(Number.isInteger(data5))){
(vErrors ??= []).push({instancePath:instancePath+"/user/uid",keyword:"type"}); errors++;
}
if(typeof data5 == "number"){
if(data5 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/user/uid",keyword:"maximum"}); errors++;
}
if(data5 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/user/uid",keyword:"minimum"}); errors++;
}
}
}
if(data4.gid !== undefined){
let data6 = data4.gid;
if(!(Number.isInteger(data6))){
(vErrors ??= []).push({instancePath:instancePath+"/user/gid",keyword:"type"}); errors++;
}
if(typeof data6 == "number"){
if(data6 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/user/gid",keyword:"maximum"}); errors++;
}
if(data6 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/user/gid",keyword:"minimum"}); errors++;
}
}
}
if(data4.umask !== undefined){
let data7 = data4.umask;
if(!(Number.isInteger(data7))){
(vErrors ??= []).push({instancePath:instancePath+"/user/umask",keyword:"type"}); errors++;
}
if(typeof data7 == "number"){
if(data7 > 511){
(vErrors ??= []).push({instancePath:instancePath+"/user/umask",keyword:"maximum"}); errors++;
}
if(data7 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/user/umask",keyword:"minimum"}); errors++;
}
}
}
if(data4.additionalGids !== undefined){
let data8 = data4.additionalGids;
if(Array.isArray(data8)){
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
if(!(Number.isInteger(data9))){
(vErrors ??= []).push({instancePath:instancePath+"/user/additionalGids/" + i0,keyword:"type"}); errors++;
}
if(typeof data9 == "number"){
if(data9 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/user/additionalGids/" + i0,keyword:"maximum"}); errors++;
}
if(data9 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/user/additionalGids/" + i0,keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/user/additionalGids",keyword:"type"}); errors++;
}
}
if(data4.username !== undefined){
if(typeof data4.username !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/user/username",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/user",keyword:"type"}); errors++;
}
}
if(data.args !== undefined){
if(!(validate23(data.args, {instancePath:instancePath+"/args",parentData:data,parentDataProperty:"args",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.commandLine !== undefined){
if(typeof data.commandLine !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/commandLine",keyword:"type"}); errors++;
}
}
if(data.env !== undefined){
if(!(validate23(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.cwd !== undefined){
if(typeof data.cwd !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/cwd",keyword:"type"}); errors++;
}
}
if(data.capabilities !== undefined){
let data15 = data.capabilities;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key3 in data15){
if(!(((((key3 === "bounding") || (key3 === "effective")) || (key3 === "inheritable")) || (key3 === "permitted")) || (key3 === "ambient"))){
(vErrors ??= []).push({instancePath:instancePath+"/capabilities",keyword:"additionalProperties",params:{additionalProperty: key3}}); errors++;
}
}
if(data15.bounding !== undefined){
if(!(validate23(data15.bounding, {instancePath:instancePath+"/capabilities/bounding",parentData:data15,parentDataProperty:"bounding",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data15.effective !== undefined){
if(!(validate23(data15.effective, {instancePath:instancePath+"/capabilities/effective",parentData:data15,parentDataProperty:"effective",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data15.inheritable !== undefined){
if(!(validate23(data15.inheritable, {instancePath:instancePath+"/capabilities/inheritable",parentData:data15,parentDataProperty:"inheritable",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data15.permitted !== undefined){
if(!(validate23(data15.permitted, {instancePath:instancePath+"/capabilities/permitted",parentData:data15,parentDataProperty:"permitted",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data15.ambient !== undefined){
if(!(validate23(data15.ambient, {instancePath:instancePath+"/capabilities/ambient",parentData:data15,parentDataProperty:"ambient",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/capabilities",keyword:"type"}); errors++;
}
}
if(data.rlimits !== undefined){
let data21 = data.rlimits;
if(Array.isArray(data21)){
const len1 = data21.length;
for(let i1=0; i1<len1; i1++){
let data22 = data21[i1];
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
if(data22.type === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1,keyword:"required",params:{missingProperty: "type"}}); errors++;
}
if(data22.soft === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1,keyword:"required",params:{missingProperty: "soft"}}); errors++;
}
if(data22.hard === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1,keyword:"required",params:{missingProperty: "hard"}}); errors++;
}
for(const key4 in data22){
if(!(((key4 === "type") || (key4 === "soft")) || (key4 === "hard"))){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1,keyword:"additionalProperties",params:{additionalProperty: key4}}); errors++;
}
}
if(data22.type !== undefined){
let data23 = data22.type;
if(typeof data23 === "string"){
if(!pattern0.test(data23)){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/type",keyword:"pattern"}); errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/type",keyword:"type"}); errors++;
}
}
if(data22.soft !== undefined){
let data24 = data22.soft;
if(!(Number.isInteger(data24))){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/soft",keyword:"type"}); errors++;
}
if(typeof data24 == "number"){
if(data24 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/soft",keyword:"maximum"}); errors++;
}
if(data24 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/soft",keyword:"minimum"}); errors++;
}
}
}
if(data22.hard !== undefined){
let data25 = data22.hard;
if(!(Number.isInteger(data25))){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/hard",keyword:"type"}); errors++;
}
if(typeof data25 == "number"){
if(data25 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/hard",keyword:"maximum"}); errors++;
}
if(data25 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/hard",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/rlimits",keyword:"type"}); errors++;
}
}
if(data.noNewPrivileges !== undefined){
if(typeof data.noNewPrivileges !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/noNewPrivileges",keyword:"type"}); errors++;
}
}
if(data.apparmorProfile !== undefined){
if(typeof data.apparmorProfile !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/apparmorProfile",keyword:"type"}); errors++;
}
}
if(data.oomScoreAdj !== undefined){
let data28 = data.oomScoreAdj;
if(!(Number.isInteger(data28))){
(vErrors ??= []).push({instancePath:instancePath+"/oomScoreAdj",keyword:"type"}); errors++;
}
if(typeof data28 == "number"){
if(data28 > 1000){
(vErrors ??= []).push({instancePath:instancePath+"/oomScoreAdj",keyword:"maximum"}); errors++;
}
if(data28 < -1000){
(vErrors ??= []).push({instancePath:instancePath+"/oomScoreAdj",keyword:"minimum"}); errors++;
}
}
}
if(data.scheduler !== undefined){
let data29 = data.scheduler;
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
if(data29.policy === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler",keyword:"required",params:{missingProperty: "policy"}}); errors++;
}
for(const key5 in data29){
if(!(((((((key5 === "policy") || (key5 === "nice")) || (key5 === "priority")) || (key5 === "flags")) || (key5 === "runtime")) || (key5 === "deadline")) || (key5 === "period"))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler",keyword:"additionalProperties",params:{additionalProperty: key5}}); errors++;
}
}
if(data29.policy !== undefined){
let data30 = data29.policy;
if(typeof data30 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/policy",keyword:"type"}); errors++;
}
if(!(((((((data30 === "SCHED_OTHER") || (data30 === "SCHED_FIFO")) || (data30 === "SCHED_RR")) || (data30 === "SCHED_BATCH")) || (data30 === "SCHED_ISO")) || (data30 === "SCHED_IDLE")) || (data30 === "SCHED_DEADLINE"))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/policy",keyword:"enum"}); errors++;
}
}
if(data29.nice !== undefined){
let data31 = data29.nice;
if(!(Number.isInteger(data31))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/nice",keyword:"type"}); errors++;
}
if(typeof data31 == "number"){
if(data31 > 2147483647){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/nice",keyword:"maximum"}); errors++;
}
if(data31 < -2147483648){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/nice",keyword:"minimum"}); errors++;
}
}
}
if(data29.priority !== undefined){
let data32 = data29.priority;
if(!(Number.isInteger(data32))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/priority",keyword:"type"}); errors++;
}
if(typeof data32 == "number"){
if(data32 > 2147483647){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/priority",keyword:"maximum"}); errors++;
}
if(data32 < -2147483648){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/priority",keyword:"minimum"}); errors++;
}
}
}
if(data29.flags !== undefined){
let data33 = data29.flags;
if(Array.isArray(data33)){
const len2 = data33.length;
for(let i2=0; i2<len2; i2++){
let data34 = data33[i2];
if(typeof data34 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/flags/" + i2,keyword:"type"}); errors++;
}
if(!(((((((data34 === "SCHED_FLAG_RESET_ON_FORK") || (data34 === "SCHED_FLAG_RECLAIM")) || (data34 === "SCHED_FLAG_DL_OVERRUN")) || (data34 === "SCHED_FLAG_KEEP_POLICY")) || (data34 === "SCHED_FLAG_KEEP_PARAMS")) || (data34 === "SCHED_FLAG_UTIL_CLAMP_MIN")) || (data34 === "SCHED_FLAG_UTIL_CLAMP_MAX"))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/flags/" + i2,keyword:"enum"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/flags",keyword:"type"}); errors++;
}
}
if(data29.runtime !== undefined){
let data35 = data29.runtime;
if(!(Number.isInteger(data35))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/runtime",keyword:"type"}); errors++;
}
if(typeof data35 == "number"){
if(data35 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/runtime",keyword:"maximum"}); errors++;
}
if(data35 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/runtime",keyword:"minimum"}); errors++;
}
}
}
if(data29.deadline !== undefined){
let data36 = data29.deadline;
if(!(Number.isInteger(data36))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/deadline",keyword:"type"}); errors++;
}
if(typeof data36 == "number"){
if(data36 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/deadline",keyword:"maximum"}); errors++;
}
if(data36 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/deadline",keyword:"minimum"}); errors++;
}
}
}
if(data29.period !== undefined){
let data37 = data29.period;
if(!(Number.isInteger(data37))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/period",keyword:"type"}); errors++;
}
if(typeof data37 == "number"){
if(data37 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/period",keyword:"maximum"}); errors++;
}
if(data37 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/period",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/scheduler",keyword:"type"}); errors++;
}
}
if(data.selinuxLabel !== undefined){
if(typeof data.selinuxLabel !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/selinuxLabel",keyword:"type"}); errors++;
}
}
if(data.ioPriority !== undefined){
let data39 = data.ioPriority;
if(data39 && typeof data39 == "object" && !Array.isArray(data39)){
if(data39.class === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority",keyword:"required",params:{missingProperty: "class"}}); errors++;
}
for(const key6 in data39){
if(!((key6 === "class") || (key6 === "priority"))){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority",keyword:"additionalProperties",params:{additionalProperty: key6}}); errors++;
}
}
if(data39.class !== undefined){
let data40 = data39.class;
if(typeof data40 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority/class",keyword:"type"}); errors++;
}
if(!(((data40 === "IOPRIO_CLASS_RT") || (data40 === "IOPRIO_CLASS_BE")) || (data40 === "IOPRIO_CLASS_IDLE"))){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority/class",keyword:"enum"}); errors++;
}
}
if(data39.priority !== undefined){
let data41 = data39.priority;
if(!(Number.isInteger(data41))){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority/priority",keyword:"type"}); errors++;
}
if(typeof data41 == "number"){
if(data41 > 7){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority/priority",keyword:"maximum"}); errors++;
}
if(data41 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority/priority",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority",keyword:"type"}); errors++;
}
}
if(data.execCPUAffinity !== undefined){
let data42 = data.execCPUAffinity;
if(data42 && typeof data42 == "object" && !Array.isArray(data42)){
for(const key7 in data42){
if(!((key7 === "initial") || (key7 === "final"))){
(vErrors ??= []).push({instancePath:instancePath+"/execCPUAffinity",keyword:"additionalProperties",params:{additionalProperty: key7}}); errors++;
}
}
if(data42.initial !== undefined){
let data43 = data42.initial;
if(typeof data43 === "string"){
if(!pattern1.test(data43)){
(vErrors ??= []).push({instancePath:instancePath+"/execCPUAffinity/initial",keyword:"pattern"}); errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/execCPUAffinity/initial",keyword:"type"}); errors++;
}
}
if(data42.final !== undefined){
let data44 = data42.final;
if(typeof data44 === "string"){
if(!pattern1.test(data44)){
(vErrors ??= []).push({instancePath:instancePath+"/execCPUAffinity/final",keyword:"pattern"}); errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/execCPUAffinity/final",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/execCPUAffinity",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type"}); errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

const schema9 = {"type":"array","items":{"type":"object","properties":{"containerID":{"type":"integer","minimum":0,"maximum":4294967295},"hostID":{"type":"integer","minimum":0,"maximum":4294967295},"size":{"type":"integer","minimum":0,"maximum":4294967295}},"required":["containerID","hostID","size"],"additionalProperties":false}};

function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.containerID === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"required",params:{missingProperty: "containerID"}}); errors++;
}
if(data0.hostID === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"required",params:{missingProperty: "hostID"}}); errors++;
}
if(data0.size === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"required",params:{missingProperty: "size"}}); errors++;
}
for(const key0 in data0){
if(!(((key0 === "containerID") || (key0 === "hostID")) || (key0 === "size"))){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data0.containerID !== undefined){
let data1 = data0.containerID;
if(!(Number.isInteger(data1))){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/containerID",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/containerID",keyword:"maximum"}); errors++;
}
if(data1 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/containerID",keyword:"minimum"}); errors++;
}
}
}
if(data0.hostID !== undefined){
let data2 = data0.hostID;
if(!(Number.isInteger(data2))){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/hostID",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/hostID",keyword:"maximum"}); errors++;
}
if(data2 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/hostID",keyword:"minimum"}); errors++;
}
}
}
if(data0.size !== undefined){
let data3 = data0.size;
if(!(Number.isInteger(data3))){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/size",keyword:"type"}); errors++;
}
if(typeof data3 == "number"){
if(data3 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/size",keyword:"maximum"}); errors++;
}
if(data3 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/size",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type"}); errors++;
}
validate33.errors = vErrors;
return errors === 0;
}

const schema10 = {"type":"array","items":{"type":"object","properties":{"path":{"type":"string"},"args":{"$ref":"#/definitions/strings"},"env":{"$ref":"#/definitions/strings"},"timeout":{"type":"integer","minimum":1,"maximum":9007199254740991,"description":"a number of seconds greater than zero"}},"required":["path"],"additionalProperties":false}};

function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.path === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"required",params:{missingProperty: "path"}}); errors++;
}
for(const key0 in data0){
if(!((((key0 === "path") || (key0 === "args")) || (key0 === "env")) || (key0 === "timeout"))){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data0.path !== undefined){
if(typeof data0.path !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/path",keyword:"type"}); errors++;
}
}
if(data0.args !== undefined){
if(!(validate23(data0.args, {instancePath:instancePath+"/" + i0+"/args",parentData:data0,parentDataProperty:"args",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data0.env !== undefined){
if(!(validate23(data0.env, {instancePath:instancePath+"/" + i0+"/env",parentData:data0,parentDataProperty:"env",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data0.timeout !== undefined){
let data4 = data0.timeout;
if(!(Number.isInteger(data4))){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/timeout",keyword:"type"}); errors++;
}
if(typeof data4 == "number"){
if(data4 > 9007199254740991){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/timeout",keyword:"maximum"}); errors++;
}
if(data4 < 1){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/timeout",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type"}); errors++;
}
validate36.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":"object","properties":{"unified":{"type":"object","additionalProperties":{"type":"string"},"propertyNames":{"pattern":"^[^]"}},"devices":{"type":"array","items":{"type":"object","properties":{"allow":{"type":"boolean"},"type":{"type":"string","enum":["a","b","c"]},"major":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"minor":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"access":{"type":"string","pattern":"^[rwm]*$","description":"some of the letters r, w and m"}},"required":["allow"],"additionalProperties":false}},"memory":{"type":"object","properties":{"limit":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"reservation":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"swap":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"kernel":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"kernelTCP":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"swappiness":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"disableOOMKiller":{"type":"boolean"},"useHierarchy":{"type":"boolean"},"checkBeforeUpdate":{"type":"boolean"}},"required":[],"additionalProperties":false},"cpu":{"type":"object","properties":{"shares":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"quota":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"burst":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"period":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"realtimeRuntime":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"realtimePeriod":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"cpus":{"type":"string"},"mems":{"type":"string"},"idle":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"}},"required":[],"additionalProperties":false},"pids":{"type":"object","properties":{"limit":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"}},"required":["limit"],"additionalProperties":false},"blockIO":{"type":"object","properties":{"weight":{"type":"integer","minimum":0,"maximum":65535},"leafWeight":{"type":"integer","minimum":0,"maximum":65535},"weightDevice":{"type":"array","items":{"type":"object","properties":{"major":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"minor":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"weight":{"type":"integer","minimum":0,"maximum":65535},"leafWeight":{"type":"integer","minimum":0,"maximum":65535}},"required":["major","minor"],"additionalProperties":false}},"throttleReadBpsDevice":{"$ref":"#/definitions/throttleDevices"},"throttleWriteBpsDevice":{"$ref":"#/definitions/throttleDevices"},"throttleReadIOPSDevice":{"$ref":"#/definitions/throttleDevices"},"throttleWriteIOPSDevice":{"$ref":"#/definitions/throttleDevices"}},"required":[],"additionalProperties":false},"hugepageLimits":{"type":"array","items":{"type":"object","properties":{"pageSize":{"type":"string","pattern":"^[1-9][0-9]*[KMG]B$","description":"a size such as \"64KB\", \"2MB\" or \"1GB\""},"limit":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["pageSize","limit"],"additionalProperties":false}},"network":{"type":"object","properties":{"classID":{"type":"integer","minimum":0,"maximum":4294967295},"priorities":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"priority":{"type":"integer","minimum":0,"maximum":4294967295}},"required":["name","priority"],"additionalProperties":false}}},"required":[],"additionalProperties":false},"rdma":{"type":"object","additionalProperties":{"type":"object","properties":{"hcaHandles":{"type":"integer","minimum":0,"maximum":4294967295},"hcaObjects":{"type":"integer","minimum":0,"maximum":4294967295}},"required":[],"additionalProperties":false},"propertyNames":{"pattern":"^[^]"}}},"required":[],"additionalProperties":false};
const pattern3 = new RegExp("^[^]", "u");
const pattern8 = new RegExp("^[rwm]*$", "u");
const pattern9 = new RegExp("^[1-9][0-9]*[KMG]B$", "u");
const schema12 = {"type":"array","items":{"type":"object","properties":{"major":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"minor":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"rate":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["major","minor","rate"],"additionalProperties":false}};

function validate48(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.major === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"required",params:{missingProperty: "major"}}); errors++;
}
if(data0.minor === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"required",params:{missingProperty: "minor"}}); errors++;
}
if(data0.rate === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"required",params:{missingProperty: "rate"}}); errors++;
}
for(const key0 in data0){
if(!(((key0 === "major") || (key0 === "minor")) || (key0 === "rate"))){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data0.major !== undefined){
let data1 = data0.major;
if(!(Number.isInteger(data1))){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/major",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/major",keyword:"maximum"}); errors++;
}
if(data1 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/major",keyword:"minimum"}); errors++;
}
}
}
if(data0.minor !== undefined){
let data2 = data0.minor;
if(!(Number.isInteger(data2))){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/minor",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/minor",keyword:"maximum"}); errors++;
}
if(data2 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/minor",keyword:"minimum"}); errors++;
}
}
}
if(data0.rate !== undefined){
let data3 = data0.rate;
if(!(Number.isInteger(data3))){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/rate",keyword:"type"}); errors++;
}
if(typeof data3 == "number"){
if(data3 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/rate",keyword:"maximum"}); errors++;
}
if(data3 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0+"/rate",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type"}); errors++;
}
validate48.errors = vErrors;
return errors === 0;
}


function validate47(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
(vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.unified !== undefined){
let data0 = data.unified;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
const _errs4 = errors;
if(typeof key1 === "string"){
if(!pattern3.test(key1)){
(vErrors ??= []).push({instancePath:instancePath+"/unified",keyword:"pattern",propertyName:key1}); errors++;
}
}
var valid1 = _errs4 === errors;
if(!valid1){
(vErrors ??= []).push({instancePath:instancePath+"/unified",keyword:"propertyNames",params:{propertyName: key1}}); errors++;
}
}
for(const key2 in data0){
if(typeof data0[key2] !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/unified/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/unified",keyword:"type"}); errors++;
}
}
if(data.devices !== undefined){
let data2 = data.devices;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.allow === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0,keyword:"required",params:{missingProperty: "allow"}}); errors++;
}
for(const key3 in data3){
if(!(((((key3 === "allow") || (key3 === "type")) || (key3 === "major")) || (key3 === "minor")) || (key3 === "access"))){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0,keyword:"additionalProperties",params:{additionalProperty: key3}}); errors++;
}
}
if(data3.allow !== undefined){
if(typeof data3.allow !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/allow",keyword:"type"}); errors++;
}
}
if(data3.type !== undefined){
let data5 = data3.type;
if(typeof data5 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/type",keyword:"type"}); errors++;
}
if(!(((data5 === "a") || (data5 === "b")) || (data5 === "c"))){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/type",keyword:"enum"}); errors++;
}
}
if(data3.major !== undefined){
let data6 = data3.major;
if(!(Number.isInteger(data6))){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/major",keyword:"type"}); errors++;
}
if(typeof data6 == "number"){
if(data6 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/major",keyword:"maximum"}); errors++;
}
if(data6 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/major",keyword:"minimum"}); errors++;
}
}
}
if(data3.minor !== undefined){
let data7 = data3.minor;
if(!(Number.isInteger(data7))){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/minor",keyword:"type"}); errors++;
}
if(typeof data7 == "number"){
if(data7 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/minor",keyword:"maximum"}); errors++;
}
if(data7 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/minor",keyword:"minimum"}); errors++;
}
}
}
if(data3.access !== undefined){
let data8 = data3.access;
if(typeof data8 === "string"){
if(!pattern8.test(data8)){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/access",keyword:"pattern"}); errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/access",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/devices",keyword:"type"}); errors++;
}
}
if(data.memory !== undefined){
let data9 = data.memory;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key4 in data9){
if(!(func2.call(schema11.properties.memory.properties, key4))){
(vErrors ??= []).push({instancePath:instancePath+"/memory",keyword:"additionalProperties",params:{additionalProperty: key4}}); errors++;
}
}
if(data9.limit !== undefined){
let data10 = data9.limit;
if(!(Number.isInteger(data10))){
(vErrors ??= []).push({instancePath:instancePath+"/memory/limit",keyword:"type"}); errors++;
}
if(typeof data10 == "number"){
if(data10 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/limit",keyword:"maximum"}); errors++;
}
if(data10 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/limit",keyword:"minimum"}); errors++;
}
}
}
if(data9.reservation !== undefined){
let data11 = data9.reservation;
if(!(Number.isInteger(data11))){
(vErrors ??= []).push({instancePath:instancePath+"/memory/reservation",keyword:"type"}); errors++;
}
if(typeof data11 == "number"){
if(data11 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/reservation",keyword:"maximum"}); errors++;
}
if(data11 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/reservation",keyword:"minimum"}); errors++;
}
}
}
if(data9.swap !== undefined){
let data12 = data9.swap;
if(!(Number.isInteger(data12))){
(vErrors ??= []).push({instancePath:instancePath+"/memory/swap",keyword:"type"}); errors++;
}
if(typeof data12 == "number"){
if(data12 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/swap",keyword:"maximum"}); errors++;
}
if(data12 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/swap",keyword:"minimum"}); errors++;
}
}
}
if(data9.kernel !== undefined){
let data13 = data9.kernel;
if(!(Number.isInteger(data13))){
(vErrors ??= []).push({instancePath:instancePath+"/memory/kernel",keyword:"type"}); errors++;
}
if(typeof data13 == "number"){
if(data13 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/kernel",keyword:"maximum"}); errors++;
}
if(data13 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/kernel",keyword:"minimum"}); errors++;
}
}
}
if(data9.kernelTCP !== undefined){
let data14 = data9.kernelTCP;
if(!(Number.isInteger(data14))){
(vErrors ??= []).push({instancePath:instancePath+"/memory/kernelTCP",keyword:"type"}); errors++;
}
if(typeof data14 == "number"){
if(data14 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/kernelTCP",keyword:"maximum"}); errors++;
}
if(data14 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/kernelTCP",keyword:"minimum"}); errors++;
}
}
}
if(data9.swappiness !== undefined){
let data15 = data9.swappiness;
if(!(Number.isInteger(data15))){
(vErrors ??= []).push({instancePath:instancePath+"/memory/swappiness",keyword:"type"}); errors++;
}
if(typeof data15 == "number"){
if(data15 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/swappiness",keyword:"maximum"}); errors++;
}
if(data15 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/memory/swappiness",keyword:"minimum"}); errors++;
}
}
}
if(data9.disableOOMKiller !== undefined){
if(typeof data9.disableOOMKiller !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/memory/disableOOMKiller",keyword:"type"}); errors++;
}
}
if(data9.useHierarchy !== undefined){
if(typeof data9.useHierarchy !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/memory/useHierarchy",keyword:"type"}); errors++;
}
}
if(data9.checkBeforeUpdate !== undefined){
if(typeof data9.checkBeforeUpdate !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/memory/checkBeforeUpdate",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/memory",keyword:"type"}); errors++;
}
}
if(data.cpu !== undefined){
let data19 = data.cpu;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
for(const key5 in data19){
if(!(func2.call(schema11.properties.cpu.properties, key5))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu",keyword:"additionalProperties",params:{additionalProperty: key5}}); errors++;
}
}
if(data19.shares !== undefined){
let data20 = data19.shares;
if(!(Number.isInteger(data20))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/shares",keyword:"type"}); errors++;
}
if(typeof data20 == "number"){
if(data20 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/shares",keyword:"maximum"}); errors++;
}
if(data20 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/shares",keyword:"minimum"}); errors++;
}
}
}
if(data19.quota !== undefined){
let data21 = data19.quota;
if(!(Number.isInteger(data21))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/quota",keyword:"type"}); errors++;
}
if(typeof data21 == "number"){
if(data21 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/quota",keyword:"maximum"}); errors++;
}
if(data21 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/quota",keyword:"minimum"}); errors++;
}
}
}
if(data19.burst !== undefined){
let data22 = data19.burst;
if(!(Number.isInteger(data22))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/burst",keyword:"type"}); errors++;
}
if(typeof data22 == "number"){
if(data22 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/burst",keyword:"maximum"}); errors++;
}
if(data22 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/burst",keyword:"minimum"}); errors++;
}
}
}
if(data19.period !== undefined){
let data23 = data19.period;
if(!(Number.isInteger(data23))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/period",keyword:"type"}); errors++;
}
if(typeof data23 == "number"){
if(data23 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/period",keyword:"maximum"}); errors++;
}
if(data23 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/period",keyword:"minimum"}); errors++;
}
}
}
if(data19.realtimeRuntime !== undefined){
let data24 = data19.realtimeRuntime;
if(!(Number.isInteger(data24))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/realtimeRuntime",keyword:"type"}); errors++;
}
if(typeof data24 == "number"){
if(data24 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/realtimeRuntime",keyword:"maximum"}); errors++;
}
if(data24 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/realtimeRuntime",keyword:"minimum"}); errors++;
}
}
}
if(data19.realtimePeriod !== undefined){
let data25 = data19.realtimePeriod;
if(!(Number.isInteger(data25))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/realtimePeriod",keyword:"type"}); errors++;
}
if(typeof data25 == "number"){
if(data25 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/realtimePeriod",keyword:"maximum"}); errors++;
}
if(data25 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/realtimePeriod",keyword:"minimum"}); errors++;
}
}
}
if(data19.cpus !== undefined){
if(typeof data19.cpus !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/cpus",keyword:"type"}); errors++;
}
}
if(data19.mems !== undefined){
if(typeof data19.mems !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/mems",keyword:"type"}); errors++;
}
}
if(data19.idle !== undefined){
let data28 = data19.idle;
if(!(Number.isInteger(data28))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/idle",keyword:"type"}); errors++;
}
if(typeof data28 == "number"){
if(data28 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/idle",keyword:"maximum"}); errors++;
}
if(data28 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/idle",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/cpu",keyword:"type"}); errors++;
}
}
if(data.pids !== undefined){
let data29 = data.pids;
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
if(data29.limit === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/pids",keyword:"required",params:{missingProperty: "limit"}}); errors++;
}
for(const key6 in data29){
if(!(key6 === "limit")){
(vErrors ??= []).push({instancePath:instancePath+"/pids",keyword:"additionalProperties",params:{additionalProperty: key6}}); errors++;
}
}
if(data29.limit !== undefined){
let data30 = data29.limit;
if(!(Number.isInteger(data30))){
(vErrors ??= []).push({instancePath:instancePath+"/pids/limit",keyword:"type"}); errors++;
}
if(typeof data30 == "number"){
if(data30 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/pids/limit",keyword:"maximum"}); errors++;
}
if(data30 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/pids/limit",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/pids",keyword:"type"}); errors++;
}
}
if(data.blockIO !== undefined){
let data31 = data.blockIO;
if(data31 && typeof data31 == "object" && !Array.isArray(data31)){
for(const key7 in data31){
if(!(((((((key7 === "weight") || (key7 === "leafWeight")) || (key7 === "weightDevice")) || (key7 === "throttleReadBpsDevice")) || (key7 === "throttleWriteBpsDevice")) || (key7 === "throttleReadIOPSDevice")) || (key7 === "throttleWriteIOPSDevice"))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO",keyword:"additionalProperties",params:{additionalProperty: key7}}); errors++;
}
}
if(data31.weight !== undefined){
let data32 = data31.weight;
if(!(Number.isInteger(data32))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weight",keyword:"type"}); errors++;
}
if(typeof data32 == "number"){
if(data32 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weight",keyword:"maximum"}); errors++;
}
if(data32 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weight",keyword:"minimum"}); errors++;
}
}
}
if(data31.leafWeight !== undefined){
let data33 = data31.leafWeight;
if(!(Number.isInteger(data33))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/leafWeight",keyword:"type"}); errors++;
}
if(typeof data33 == "number"){
if(data33 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/leafWeight",keyword:"maximum"}); errors++;
}
if(data33 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/leafWeight",keyword:"minimum"}); errors++;
}
}
}
if(data31.weightDevice !== undefined){
let data34 = data31.weightDevice;
if(Array.isArray(data34)){
const len1 = data34.length;
for(let i1=0; i1<len1; i1++){
let data35 = data34[i1];
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
if(data35.major === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1,keyword:"required",params:{missingProperty: "major"}}); errors++;
}
if(data35.minor === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1,keyword:"required",params:{missingProperty: "minor"}}); errors++;
}
for(const key8 in data35){
if(!((((key8 === "major") || (key8 === "minor")) || (key8 === "weight")) || (key8 === "leafWeight"))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1,keyword:"additionalProperties",params:{additionalProperty: key8}}); errors++;
}
}
if(data35.major !== undefined){
let data36 = data35.major;
if(!(Number.isInteger(data36))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/major",keyword:"type"}); errors++;
}
if(typeof data36 == "number"){
if(data36 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/major",keyword:"maximum"}); errors++;
}
if(data36 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/major",keyword:"minimum"}); errors++;
}
}
}
if(data35.minor !== undefined){
let data37 = data35.minor;
if(!(Number.isInteger(data37))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/minor",keyword:"type"}); errors++;
}
if(typeof data37 == "number"){
if(data37 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/minor",keyword:"maximum"}); errors++;
}
if(data37 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/minor",keyword:"minimum"}); errors++;
}
}
}
if(data35.weight !== undefined){
let data38 = data35.weight;
if(!(Number.isInteger(data38))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/weight",keyword:"type"}); errors++;
}
if(typeof data38 == "number"){
if(data38 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/weight",keyword:"maximum"}); errors++;
}
if(data38 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/weight",keyword:"minimum"}); errors++;
}
}
}
if(data35.leafWeight !== undefined){
let data39 = data35.leafWeight;
if(!(Number.isInteger(data39))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/leafWeight",keyword:"type"}); errors++;
}
if(typeof data39 == "number"){
if(data39 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/leafWeight",keyword:"maximum"}); errors++;
}
if(data39 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/leafWeight",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice",keyword:"type"}); errors++;
}
}
if(data31.throttleReadBpsDevice !== undefined){
if(!(validate48(data31.throttleReadBpsDevice, {instancePath:instancePath+"/blockIO/throttleReadBpsDevice",parentData:data31,parentDataProperty:"throttleReadBpsDevice",rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
if(data31.throttleWriteBpsDevice !== undefined){
if(!(validate48(data31.throttleWriteBpsDevice, {instancePath:instancePath+"/blockIO/throttleWriteBpsDevice",parentData:data31,parentDataProperty:"throttleWriteBpsDevice",rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
if(data31.throttleReadIOPSDevice !== undefined){
if(!(validate48(data31.throttleReadIOPSDevice, {instancePath:instancePath+"/blockIO/throttleReadIOPSDevice",parentData:data31,parentDataProperty:"throttleReadIOPSDevice",rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
if(data31.throttleWriteIOPSDevice !== undefined){
if(!(validate48(data31.throttleWriteIOPSDevice, {instancePath:instancePath+"/blockIO/throttleWriteIOPSDevice",parentData:data31,parentDataProperty:"throttleWriteIOPSDevice",rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/blockIO",keyword:"type"}); errors++;
}
}
if(data.hugepageLimits !== undefined){
let data44 = data.hugepageLimits;
if(Array.isArray(data44)){
const len2 = data44.length;
for(let i2=0; i2<len2; i2++){
let data45 = data44[i2];
if(data45 && typeof data45 == "object" && !Array.isArray(data45)){
if(data45.pageSize === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2,keyword:"required",params:{missingProperty: "pageSize"}}); errors++;
}
if(data45.limit === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2,keyword:"required",params:{missingProperty: "limit"}}); errors++;
}
for(const key9 in data45){
if(!((key9 === "pageSize") || (key9 === "limit"))){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2,keyword:"additionalProperties",params:{additionalProperty: key9}}); errors++;
}
}
if(data45.pageSize !== undefined){
let data46 = data45.pageSize;
if(typeof data46 === "string"){
if(!pattern9.test(data46)){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2+"/pageSize",keyword:"pattern"}); errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2+"/pageSize",keyword:"type"}); errors++;
}
}
if(data45.limit !== undefined){
let data47 = data45.limit;
if(!(Number.isInteger(data47))){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2+"/limit",keyword:"type"}); errors++;
}
if(typeof data47 == "number"){
if(data47 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2+"/limit",keyword:"maximum"}); errors++;
}
if(data47 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2+"/limit",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits",keyword:"type"}); errors++;
}
}
if(data.network !== undefined){
let data48 = data.network;
if(data48 && typeof data48 == "object" && !Array.isArray(data48)){
for(const key10 in data48){
if(!((key10 === "classID") || (key10 === "priorities"))){
(vErrors ??= []).push({instancePath:instancePath+"/network",keyword:"additionalProperties",params:{additionalProperty: key10}}); errors++;
}
}
if(data48.classID !== undefined){
let data49 = data48.classID;
if(!(Number.isInteger(data49))){
(vErrors ??= []).push({instancePath:instancePath+"/network/classID",keyword:"type"}); errors++;
}
if(typeof data49 == "number"){
if(data49 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/network/classID",keyword:"maximum"}); errors++;
}
if(data49 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/network/classID",keyword:"minimum"}); errors++;
}
}
}
if(data48.priorities !== undefined){
let data50 = data48.priorities;
if(Array.isArray(data50)){
const len3 = data50.length;
for(let i3=0; i3<len3; i3++){
let data51 = data50[i3];
if(data51 && typeof data51 == "object" && !Array.isArray(data51)){
if(data51.name === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3,keyword:"required",params:{missingProperty: "name"}}); errors++;
}
if(data51.priority === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3,keyword:"required",params:{missingProperty: "priority"}}); errors++;
}
for(const key11 in data51){
if(!((key11 === "name") || (key11 === "priority"))){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3,keyword:"additionalProperties",params:{additionalProperty: key11}}); errors++;
}
}
if(data51.name !== undefined){
if(typeof data51.name !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3+"/name",keyword:"type"}); errors++;
}
}
if(data51.priority !== undefined){
let data53 = data51.priority;
if(!(Number.isInteger(data53))){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3+"/priority",keyword:"type"}); errors++;
}
if(typeof data53 == "number"){
if(data53 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3+"/priority",keyword:"maximum"}); errors++;
}
if(data53 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3+"/priority",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/network",keyword:"type"}); errors++;
}
}
if(data.rdma !== undefined){
let data54 = data.rdma;
if(data54 && typeof data54 == "object" && !Array.isArray(data54)){
for(const key12 in data54){
const _errs119 = errors;
if(typeof key12 === "string"){
if(!pattern3.test(key12)){
(vErrors ??= []).push({instancePath:instancePath+"/rdma",keyword:"pattern",propertyName:key12}); errors++;
}
}
var valid20 = _errs119 === errors;
if(!valid20){
(vErrors ??= []).push({instancePath:instancePath+"/rdma",keyword:"propertyNames",params:{propertyName: key12}}); errors++;
}
}
for(const key13 in data54){
let data55 = data54[key13];
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
for(const key14 in data55){
if(!((key14 === "hcaHandles") || (key14 === "hcaObjects"))){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"additionalProperties",params:{additionalProperty: key14}}); errors++;
}
}
if(data55.hcaHandles !== undefined){
let data56 = data55.hcaHandles;
if(!(Number.isInteger(data56))){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/hcaHandles",keyword:"type"}); errors++;
}
if(typeof data56 == "number"){
if(data56 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/hcaHandles",keyword:"maximum"}); errors++;
}
if(data56 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/hcaHandles",keyword:"minimum"}); errors++;
}
}
}
if(data55.hcaObjects !== undefined){
let data57 = data55.hcaObjects;
if(!(Number.isInteger(data57))){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/hcaObjects",keyword:"type"}); errors++;
}
if(typeof data57 == "number"){
if(data57 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/hcaObjects",keyword:"maximum"}); errors++;
}
if(data57 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/hcaObjects",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/rdma",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type"}); errors++;
}
validate47.errors = vErrors;
return errors === 0;
}

const pattern5 = new RegExp("^[cbup]$", "u");
const pattern11 = new RegExp("^MB:[^\\n]*$", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.ociVersion === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "ociVersion"}}); errors++;
}
for(const key0 in data){
if(!(func2.call(schema6.properties, key0))){
(vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.ociVersion !== undefined){
if(typeof data.ociVersion !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/ociVersion",keyword:"type"}); errors++;
}
}
if(data.root !== undefined){
let data1 = data.root;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.path === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/root",keyword:"required",params:{missingProperty: "path"}}); errors++;
}
for(const key1 in data1){
if(!((key1 === "path") || (key1 === "readonly"))){
(vErrors ??= []).push({instancePath:instancePath+"/root",keyword:"additionalProperties",params:{additionalProperty: key1}}); errors++;
}
}
if(data1.path !== undefined){
if(typeof data1.path !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/root/path",keyword:"type"}); errors++;
}
}
if(data1.readonly !== undefined){
if(typeof data1.readonly !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/root/readonly",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/root",keyword:"type"}); errors++;
}
}
if(data.process !== undefined){
if(!(validate22(data.process, {instancePath:instancePath+"/process",parentData:data,parentDataProperty:"process",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.hostname !== undefined){
if(typeof data.hostname !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/hostname",keyword:"type"}); errors++;
}
}
if(data.domainname !== undefined){
if(typeof data.domainname !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/domainname",keyword:"type"}); errors++;
}
}
if(data.mounts !== undefined){
let data7 = data.mounts;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.destination === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/mounts/" + i0,keyword:"required",params:{missingProperty: "destination"}}); errors++;
}
for(const key2 in data8){
if(!((((((key2 === "destination") || (key2 === "type")) || (key2 === "source")) || (key2 === "options")) || (key2 === "uidMappings")) || (key2 === "gidMappings"))){
(vErrors ??= []).push({instancePath:instancePath+"/mounts/" + i0,keyword:"additionalProperties",params:{additionalProperty: key2}}); errors++;
}
}
if(data8.destination !== undefined){
let data9 = data8.destination;
if(typeof data9 === "string"){
if(!pattern3.test(data9)){
(vErrors ??= []).push({instancePath:instancePath+"/mounts/" + i0+"/destination",keyword:"pattern"}); errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/mounts/" + i0+"/destination",keyword:"type"}); errors++;
}
}
if(data8.type !== undefined){
if(typeof data8.type !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/mounts/" + i0+"/type",keyword:"type"}); errors++;
}
}
if(data8.source !== undefined){
if(typeof data8.source !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/mounts/" + i0+"/source",keyword:"type"}); errors++;
}
}
if(data8.options !== undefined){
if(!(validate23(data8.options, {instancePath:instancePath+"/mounts/" + i0+"/options",parentData:data8,parentDataProperty:"options",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data8.uidMappings !== undefined){
if(!(validate33(data8.uidMappings, {instancePath:instancePath+"/mounts/" + i0+"/uidMappings",parentData:data8,parentDataProperty:"uidMappings",rootData}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
if(data8.gidMappings !== undefined){
if(!(validate33(data8.gidMappings, {instancePath:instancePath+"/mounts/" + i0+"/gidMappings",parentData:data8,parentDataProperty:"gidMappings",rootData}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/mounts/" + i0,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/mounts",keyword:"type"}); errors++;
}
}
if(data.hooks !== undefined){
let data15 = data.hooks;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key3 in data15){
if(!((((((key3 === "prestart") || (key3 === "createRuntime")) || (key3 === "createContainer")) || (key3 === "startContainer")) || (key3 === "poststart")) || (key3 === "poststop"))){
(vErrors ??= []).push({instancePath:instancePath+"/hooks",keyword:"additionalProperties",params:{additionalProperty: key3}}); errors++;
}
}
if(data15.prestart !== undefined){
if(!(validate36(data15.prestart, {instancePath:instancePath+"/hooks/prestart",parentData:data15,parentDataProperty:"prestart",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data15.createRuntime !== undefined){
if(!(validate36(data15.createRuntime, {instancePath:instancePath+"/hooks/createRuntime",parentData:data15,parentDataProperty:"createRuntime",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data15.createContainer !== undefined){
if(!(validate36(data15.createContainer, {instancePath:instancePath+"/hooks/createContainer",parentData:data15,parentDataProperty:"createContainer",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data15.startContainer !== undefined){
if(!(validate36(data15.startContainer, {instancePath:instancePath+"/hooks/startContainer",parentData:data15,parentDataProperty:"startContainer",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data15.poststart !== undefined){
if(!(validate36(data15.poststart, {instancePath:instancePath+"/hooks/poststart",parentData:data15,parentDataProperty:"poststart",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data15.poststop !== undefined){
if(!(validate36(data15.poststop, {instancePath:instancePath+"/hooks/poststop",parentData:data15,parentDataProperty:"poststop",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/hooks",keyword:"type"}); errors++;
}
}
if(data.annotations !== undefined){
let data22 = data.annotations;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
for(const key4 in data22){
const _errs41 = errors;
if(typeof key4 === "string"){
if(!pattern3.test(key4)){
(vErrors ??= []).push({instancePath:instancePath+"/annotations",keyword:"pattern",propertyName:key4}); errors++;
}
}
var valid6 = _errs41 === errors;
if(!valid6){
(vErrors ??= []).push({instancePath:instancePath+"/annotations",keyword:"propertyNames",params:{propertyName: key4}}); errors++;
}
}
for(const key5 in data22){
if(typeof data22[key5] !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/annotations/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/annotations",keyword:"type"}); errors++;
}
}
if(data.linux !== undefined){
let data24 = data.linux;
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
for(const key6 in data24){
if(!(func2.call(schema6.properties.linux.properties, key6))){
(vErrors ??= []).push({instancePath:instancePath+"/linux",keyword:"additionalProperties",params:{additionalProperty: key6}}); errors++;
}
}
if(data24.namespaces !== undefined){
let data25 = data24.namespaces;
if(Array.isArray(data25)){
const len1 = data25.length;
for(let i1=0; i1<len1; i1++){
let data26 = data25[i1];
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
if(data26.type === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/linux/namespaces/" + i1,keyword:"required",params:{missingProperty: "type"}}); errors++;
}
for(const key7 in data26){
if(!((key7 === "type") || (key7 === "path"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/namespaces/" + i1,keyword:"additionalProperties",params:{additionalProperty: key7}}); errors++;
}
}
if(data26.type !== undefined){
let data27 = data26.type;
if(typeof data27 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/namespaces/" + i1+"/type",keyword:"type"}); errors++;
}
if(!((((((((data27 === "pid") || (data27 === "network")) || (data27 === "mount")) || (data27 === "ipc")) || (data27 === "uts")) || (data27 === "user")) || (data27 === "cgroup")) || (data27 === "time"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/namespaces/" + i1+"/type",keyword:"enum"}); errors++;
}
}
if(data26.path !== undefined){
if(typeof data26.path !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/namespaces/" + i1+"/path",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/namespaces/" + i1,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/namespaces",keyword:"type"}); errors++;
}
}
if(data24.uidMappings !== undefined){
if(!(validate33(data24.uidMappings, {instancePath:instancePath+"/linux/uidMappings",parentData:data24,parentDataProperty:"uidMappings",rootData}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
if(data24.gidMappings !== undefined){
if(!(validate33(data24.gidMappings, {instancePath:instancePath+"/linux/gidMappings",parentData:data24,parentDataProperty:"gidMappings",rootData}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
if(data24.timeOffsets !== undefined){
let data31 = data24.timeOffsets;
if(data31 && typeof data31 == "object" && !Array.isArray(data31)){
for(const key8 in data31){
if(!((key8 === "monotonic") || (key8 === "boottime"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets",keyword:"additionalProperties",params:{additionalProperty: key8}}); errors++;
}
}
if(data31.monotonic !== undefined){
let data32 = data31.monotonic;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
for(const key9 in data32){
if(!((key9 === "secs") || (key9 === "nanosecs"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/monotonic",keyword:"additionalProperties",params:{additionalProperty: key9}}); errors++;
}
}
if(data32.secs !== undefined){
let data33 = data32.secs;
if(!(Number.isInteger(data33))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/monotonic/secs",keyword:"type"}); errors++;
}
if(typeof data33 == "number"){
if(data33 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/monotonic/secs",keyword:"maximum"}); errors++;
}
if(data33 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/monotonic/secs",keyword:"minimum"}); errors++;
}
}
}
if(data32.nanosecs !== undefined){
let data34 = data32.nanosecs;
if(!(Number.isInteger(data34))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/monotonic/nanosecs",keyword:"type"}); errors++;
}
if(typeof data34 == "number"){
if(data34 > 999999999){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/monotonic/nanosecs",keyword:"maximum"}); errors++;
}
if(data34 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/monotonic/nanosecs",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/monotonic",keyword:"type"}); errors++;
}
}
if(data31.boottime !== undefined){
let data35 = data31.boottime;
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
for(const key10 in data35){
if(!((key10 === "secs") || (key10 === "nanosecs"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/boottime",keyword:"additionalProperties",params:{additionalProperty: key10}}); errors++;
}
}
if(data35.secs !== undefined){
let data36 = data35.secs;
if(!(Number.isInteger(data36))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/boottime/secs",keyword:"type"}); errors++;
}
if(typeof data36 == "number"){
if(data36 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/boottime/secs",keyword:"maximum"}); errors++;
}
if(data36 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/boottime/secs",keyword:"minimum"}); errors++;
}
}
}
if(data35.nanosecs !== undefined){
let data37 = data35.nanosecs;
if(!(Number.isInteger(data37))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/boottime/nanosecs",keyword:"type"}); errors++;
}
if(typeof data37 == "number"){
if(data37 > 999999999){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/boottime/nanosecs",keyword:"maximum"}); errors++;
}
if(data37 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/boottime/nanosecs",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets/boottime",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/timeOffsets",keyword:"type"}); errors++;
}
}
if(data24.devices !== undefined){
let data38 = data24.devices;
if(Array.isArray(data38)){
const len2 = data38.length;
for(let i2=0; i2<len2; i2++){
let data39 = data38[i2];
if(data39 && typeof data39 == "object" && !Array.isArray(data39)){
if(data39.type === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2,keyword:"required",params:{missingProperty: "type"}}); errors++;
}
if(data39.path === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2,keyword:"required",params:{missingProperty: "path"}}); errors++;
}
for(const key11 in data39){
if(!(((((((key11 === "type") || (key11 === "path")) || (key11 === "major")) || (key11 === "minor")) || (key11 === "fileMode")) || (key11 === "uid")) || (key11 === "gid"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2,keyword:"additionalProperties",params:{additionalProperty: key11}}); errors++;
}
}
if(data39.type !== undefined){
let data40 = data39.type;
if(typeof data40 === "string"){
if(!pattern5.test(data40)){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/type",keyword:"pattern"}); errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/type",keyword:"type"}); errors++;
}
}
if(data39.path !== undefined){
if(typeof data39.path !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/path",keyword:"type"}); errors++;
}
}
if(data39.major !== undefined){
let data42 = data39.major;
if(!(Number.isInteger(data42))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/major",keyword:"type"}); errors++;
}
if(typeof data42 == "number"){
if(data42 > 4095){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/major",keyword:"maximum"}); errors++;
}
if(data42 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/major",keyword:"minimum"}); errors++;
}
}
}
if(data39.minor !== undefined){
let data43 = data39.minor;
if(!(Number.isInteger(data43))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/minor",keyword:"type"}); errors++;
}
if(typeof data43 == "number"){
if(data43 > 1048575){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/minor",keyword:"maximum"}); errors++;
}
if(data43 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/minor",keyword:"minimum"}); errors++;
}
}
}
if(data39.fileMode !== undefined){
let data44 = data39.fileMode;
if(!(Number.isInteger(data44))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/fileMode",keyword:"type"}); errors++;
}
if(typeof data44 == "number"){
if(data44 > 511){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/fileMode",keyword:"maximum"}); errors++;
}
if(data44 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/fileMode",keyword:"minimum"}); errors++;
}
}
}
if(data39.uid !== undefined){
let data45 = data39.uid;
if(!(Number.isInteger(data45))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/uid",keyword:"type"}); errors++;
}
if(typeof data45 == "number"){
if(data45 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/uid",keyword:"maximum"}); errors++;
}
if(data45 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/uid",keyword:"minimum"}); errors++;
}
}
}
if(data39.gid !== undefined){
let data46 = data39.gid;
if(!(Number.isInteger(data46))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/gid",keyword:"type"}); errors++;
}
if(typeof data46 == "number"){
if(data46 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/gid",keyword:"maximum"}); errors++;
}
if(data46 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2+"/gid",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices/" + i2,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/devices",keyword:"type"}); errors++;
}
}
if(data24.netDevices !== undefined){
let data47 = data24.netDevices;
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
for(const key12 in data47){
const _errs97 = errors;
if(typeof key12 === "string"){
if(!pattern3.test(key12)){
(vErrors ??= []).push({instancePath:instancePath+"/linux/netDevices",keyword:"pattern",propertyName:key12}); errors++;
}
}
var valid18 = _errs97 === errors;
if(!valid18){
(vErrors ??= []).push({instancePath:instancePath+"/linux/netDevices",keyword:"propertyNames",params:{propertyName: key12}}); errors++;
}
}
for(const key13 in data47){
let data48 = data47[key13];
if(data48 && typeof data48 == "object" && !Array.isArray(data48)){
for(const key14 in data48){
if(!(key14 === "name")){
(vErrors ??= []).push({instancePath:instancePath+"/linux/netDevices/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"additionalProperties",params:{additionalProperty: key14}}); errors++;
}
}
if(data48.name !== undefined){
if(typeof data48.name !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/netDevices/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/name",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/netDevices/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/netDevices",keyword:"type"}); errors++;
}
}
if(data24.cgroupsPath !== undefined){
if(typeof data24.cgroupsPath !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/cgroupsPath",keyword:"type"}); errors++;
}
}
if(data24.resources !== undefined){
if(!(validate47(data24.resources, {instancePath:instancePath+"/linux/resources",parentData:data24,parentDataProperty:"resources",rootData}))){
vErrors = vErrors === null ? validate47.errors : vErrors.concat(validate47.errors);
errors = vErrors.length;
}
}
if(data24.intelRdt !== undefined){
let data52 = data24.intelRdt;
if(data52 && typeof data52 == "object" && !Array.isArray(data52)){
for(const key15 in data52){
if(!(((((((key15 === "closID") || (key15 === "schemata")) || (key15 === "l3CacheSchema")) || (key15 === "memBwSchema")) || (key15 === "enableMonitoring")) || (key15 === "enableCMT")) || (key15 === "enableMBM"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/intelRdt",keyword:"additionalProperties",params:{additionalProperty: key15}}); errors++;
}
}
if(data52.closID !== undefined){
if(typeof data52.closID !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/intelRdt/closID",keyword:"type"}); errors++;
}
}
if(data52.schemata !== undefined){
if(!(validate23(data52.schemata, {instancePath:instancePath+"/linux/intelRdt/schemata",parentData:data52,parentDataProperty:"schemata",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data52.l3CacheSchema !== undefined){
if(typeof data52.l3CacheSchema !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/intelRdt/l3CacheSchema",keyword:"type"}); errors++;
}
}
if(data52.memBwSchema !== undefined){
let data56 = data52.memBwSchema;
if(typeof data56 === "string"){
if(!pattern11.test(data56)){
(vErrors ??= []).push({instancePath:instancePath+"/linux/intelRdt/memBwSchema",keyword:"pattern"}); errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/intelRdt/memBwSchema",keyword:"type"}); errors++;
}
}
if(data52.enableMonitoring !== undefined){
if(typeof data52.enableMonitoring !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/intelRdt/enableMonitoring",keyword:"type"}); errors++;
}
}
if(data52.enableCMT !== undefined){
if(typeof data52.enableCMT !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/intelRdt/enableCMT",keyword:"type"}); errors++;
}
}
if(data52.enableMBM !== undefined){
if(typeof data52.enableMBM !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/intelRdt/enableMBM",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/intelRdt",keyword:"type"}); errors++;
}
}
if(data24.memoryPolicy !== undefined){
let data60 = data24.memoryPolicy;
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
if(data60.mode === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/linux/memoryPolicy",keyword:"required",params:{missingProperty: "mode"}}); errors++;
}
for(const key16 in data60){
if(!(((key16 === "mode") || (key16 === "nodes")) || (key16 === "flags"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/memoryPolicy",keyword:"additionalProperties",params:{additionalProperty: key16}}); errors++;
}
}
if(data60.mode !== undefined){
let data61 = data60.mode;
if(typeof data61 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/memoryPolicy/mode",keyword:"type"}); errors++;
}
if(!(((((((data61 === "MPOL_DEFAULT") || (data61 === "MPOL_BIND")) || (data61 === "MPOL_INTERLEAVE")) || (data61 === "MPOL_WEIGHTED_INTERLEAVE")) || (data61 === "MPOL_PREFERRED")) || (data61 === "MPOL_PREFERRED_MANY")) || (data61 === "MPOL_LOCAL"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/memoryPolicy/mode",keyword:"enum"}); errors++;
}
}
if(data60.nodes !== undefined){
if(typeof data60.nodes !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/memoryPolicy/nodes",keyword:"type"}); errors++;
}
}
if(data60.flags !== undefined){
let data63 = data60.flags;
if(Array.isArray(data63)){
const len3 = data63.length;
for(let i3=0; i3<len3; i3++){
let data64 = data63[i3];
if(typeof data64 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/memoryPolicy/flags/" + i3,keyword:"type"}); errors++;
}
if(!(((data64 === "MPOL_F_NUMA_BALANCING") || (data64 === "MPOL_F_RELATIVE_NODES")) || (data64 === "MPOL_F_STATIC_NODES"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/memoryPolicy/flags/" + i3,keyword:"enum"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/memoryPolicy/flags",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/memoryPolicy",keyword:"type"}); errors++;
}
}
if(data24.sysctl !== undefined){
let data65 = data24.sysctl;
if(data65 && typeof data65 == "object" && !Array.isArray(data65)){
for(const key17 in data65){
const _errs136 = errors;
if(typeof key17 === "string"){
if(!pattern3.test(key17)){
(vErrors ??= []).push({instancePath:instancePath+"/linux/sysctl",keyword:"pattern",propertyName:key17}); errors++;
}
}
var valid25 = _errs136 === errors;
if(!valid25){
(vErrors ??= []).push({instancePath:instancePath+"/linux/sysctl",keyword:"propertyNames",params:{propertyName: key17}}); errors++;
}
}
for(const key18 in data65){
if(typeof data65[key18] !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/sysctl/" + key18.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/sysctl",keyword:"type"}); errors++;
}
}
if(data24.seccomp !== undefined){
let data67 = data24.seccomp;
if(data67 && typeof data67 == "object" && !Array.isArray(data67)){
if(data67.defaultAction === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp",keyword:"required",params:{missingProperty: "defaultAction"}}); errors++;
}
for(const key19 in data67){
if(!(((((((key19 === "defaultAction") || (key19 === "defaultErrnoRet")) || (key19 === "architectures")) || (key19 === "flags")) || (key19 === "listenerPath")) || (key19 === "listenerMetadata")) || (key19 === "syscalls"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp",keyword:"additionalProperties",params:{additionalProperty: key19}}); errors++;
}
}
if(data67.defaultAction !== undefined){
let data68 = data67.defaultAction;
if(typeof data68 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/defaultAction",keyword:"type"}); errors++;
}
if(!(((((((((data68 === "SCMP_ACT_KILL") || (data68 === "SCMP_ACT_KILL_PROCESS")) || (data68 === "SCMP_ACT_KILL_THREAD")) || (data68 === "SCMP_ACT_TRAP")) || (data68 === "SCMP_ACT_ERRNO")) || (data68 === "SCMP_ACT_TRACE")) || (data68 === "SCMP_ACT_ALLOW")) || (data68 === "SCMP_ACT_LOG")) || (data68 === "SCMP_ACT_NOTIFY"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/defaultAction",keyword:"enum"}); errors++;
}
}
if(data67.defaultErrnoRet !== undefined){
let data69 = data67.defaultErrnoRet;
if(!(Number.isInteger(data69))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/defaultErrnoRet",keyword:"type"}); errors++;
}
if(typeof data69 == "number"){
if(data69 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/defaultErrnoRet",keyword:"maximum"}); errors++;
}
if(data69 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/defaultErrnoRet",keyword:"minimum"}); errors++;
}
}
}
if(data67.architectures !== undefined){
let data70 = data67.architectures;
if(Array.isArray(data70)){
const len4 = data70.length;
for(let i4=0; i4<len4; i4++){
let data71 = data70[i4];
if(typeof data71 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/architectures/" + i4,keyword:"type"}); errors++;
}
if(!(((((((((((((((((((((((data71 === "SCMP_ARCH_X86") || (data71 === "SCMP_ARCH_X86_64")) || (data71 === "SCMP_ARCH_X32")) || (data71 === "SCMP_ARCH_ARM")) || (data71 === "SCMP_ARCH_AARCH64")) || (data71 === "SCMP_ARCH_LOONGARCH64")) || (data71 === "SCMP_ARCH_M68K")) || (data71 === "SCMP_ARCH_MIPS")) || (data71 === "SCMP_ARCH_MIPS64")) || (data71 === "SCMP_ARCH_MIPS64N32")) || (data71 === "SCMP_ARCH_MIPSEL")) || (data71 === "SCMP_ARCH_MIPSEL64")) || (data71 === "SCMP_ARCH_MIPSEL64N32")) || (data71 === "SCMP_ARCH_PPC")) || (data71 === "SCMP_ARCH_PPC64")) || (data71 === "SCMP_ARCH_PPC64LE")) || (data71 === "SCMP_ARCH_S390")) || (data71 === "SCMP_ARCH_S390X")) || (data71 === "SCMP_ARCH_SH")) || (data71 === "SCMP_ARCH_SHEB")) || (data71 === "SCMP_ARCH_PARISC")) || (data71 === "SCMP_ARCH_PARISC64")) || (data71 === "SCMP_ARCH_RISCV64"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/architectures/" + i4,keyword:"enum"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/architectures",keyword:"type"}); errors++;
}
}
if(data67.flags !== undefined){
let data72 = data67.flags;
if(Array.isArray(data72)){
const len5 = data72.length;
for(let i5=0; i5<len5; i5++){
let data73 = data72[i5];
if(typeof data73 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/flags/" + i5,keyword:"type"}); errors++;
}
if(!((((data73 === "SECCOMP_FILTER_FLAG_TSYNC") || (data73 === "SECCOMP_FILTER_FLAG_LOG")) || (data73 === "SECCOMP_FILTER_FLAG_SPEC_ALLOW")) || (data73 === "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/flags/" + i5,keyword:"enum"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/flags",keyword:"type"}); errors++;
}
}
if(data67.listenerPath !== undefined){
if(typeof data67.listenerPath !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/listenerPath",keyword:"type"}); errors++;
}
}
if(data67.listenerMetadata !== undefined){
if(typeof data67.listenerMetadata !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/listenerMetadata",keyword:"type"}); errors++;
}
}
if(data67.syscalls !== undefined){
let data76 = data67.syscalls;
if(Array.isArray(data76)){
const len6 = data76.length;
for(let i6=0; i6<len6; i6++){
let data77 = data76[i6];
if(data77 && typeof data77 == "object" && !Array.isArray(data77)){
if(data77.names === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6,keyword:"required",params:{missingProperty: "names"}}); errors++;
}
if(data77.action === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6,keyword:"required",params:{missingProperty: "action"}}); errors++;
}
for(const key20 in data77){
if(!((((key20 === "names") || (key20 === "action")) || (key20 === "errnoRet")) || (key20 === "args"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6,keyword:"additionalProperties",params:{additionalProperty: key20}}); errors++;
}
}
if(data77.names !== undefined){
let data78 = data77.names;
if(Array.isArray(data78)){
if(data78.length < 1){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/names",keyword:"minItems"}); errors++;
}
const len7 = data78.length;
for(let i7=0; i7<len7; i7++){
if(typeof data78[i7] !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/names/" + i7,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/names",keyword:"type"}); errors++;
}
}
if(data77.action !== undefined){
let data80 = data77.action;
if(typeof data80 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/action",keyword:"type"}); errors++;
}
if(!(((((((((data80 === "SCMP_ACT_KILL") || (data80 === "SCMP_ACT_KILL_PROCESS")) || (data80 === "SCMP_ACT_KILL_THREAD")) || (data80 === "SCMP_ACT_TRAP")) || (data80 === "SCMP_ACT_ERRNO")) || (data80 === "SCMP_ACT_TRACE")) || (data80 === "SCMP_ACT_ALLOW")) || (data80 === "SCMP_ACT_LOG")) || (data80 === "SCMP_ACT_NOTIFY"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/action",keyword:"enum"}); errors++;
}
}
if(data77.errnoRet !== undefined){
let data81 = data77.errnoRet;
if(!(Number.isInteger(data81))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/errnoRet",keyword:"type"}); errors++;
}
if(typeof data81 == "number"){
if(data81 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/errnoRet",keyword:"maximum"}); errors++;
}
if(data81 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/errnoRet",keyword:"minimum"}); errors++;
}
}
}
if(data77.args !== undefined){
let data82 = data77.args;
if(Array.isArray(data82)){
const len8 = data82.length;
for(let i8=0; i8<len8; i8++){
let data83 = data82[i8];
if(data83 && typeof data83 == "object" && !Array.isArray(data83)){
if(data83.index === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8,keyword:"required",params:{missingProperty: "index"}}); errors++;
}
if(data83.value === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8,keyword:"required",params:{missingProperty: "value"}}); errors++;
}
if(data83.op === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8,keyword:"required",params:{missingProperty: "op"}}); errors++;
}
for(const key21 in data83){
if(!((((key21 === "index") || (key21 === "value")) || (key21 === "valueTwo")) || (key21 === "op"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8,keyword:"additionalProperties",params:{additionalProperty: key21}}); errors++;
}
}
if(data83.index !== undefined){
let data84 = data83.index;
if(!(Number.isInteger(data84))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8+"/index",keyword:"type"}); errors++;
}
if(typeof data84 == "number"){
if(data84 > 5){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8+"/index",keyword:"maximum"}); errors++;
}
if(data84 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8+"/index",keyword:"minimum"}); errors++;
}
}
}
if(data83.value !== undefined){
let data85 = data83.value;
if(!(Number.isInteger(data85))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8+"/value",keyword:"type"}); errors++;
}
if(typeof data85 == "number"){
if(data85 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8+"/value",keyword:"maximum"}); errors++;
}
if(data85 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8+"/value",keyword:"minimum"}); errors++;
}
}
}
if(data83.valueTwo !== undefined){
let data86 = data83.valueTwo;
if(!(Number.isInteger(data86))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8+"/valueTwo",keyword:"type"}); errors++;
}
if(typeof data86 == "number"){
if(data86 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8+"/valueTwo",keyword:"maximum"}); errors++;
}
if(data86 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8+"/valueTwo",keyword:"minimum"}); errors++;
}
}
}
if(data83.op !== undefined){
let data87 = data83.op;
if(typeof data87 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8+"/op",keyword:"type"}); errors++;
}
if(!(((((((data87 === "SCMP_CMP_NE") || (data87 === "SCMP_CMP_LT")) || (data87 === "SCMP_CMP_LE")) || (data87 === "SCMP_CMP_EQ")) || (data87 === "SCMP_CMP_GE")) || (data87 === "SCMP_CMP_GT")) || (data87 === "SCMP_CMP_MASKED_EQ"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8+"/op",keyword:"enum"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args/" + i8,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6+"/args",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls/" + i6,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp/syscalls",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/seccomp",keyword:"type"}); errors++;
}
}
if(data24.rootfsPropagation !== undefined){
let data88 = data24.rootfsPropagation;
if(typeof data88 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/rootfsPropagation",keyword:"type"}); errors++;
}
if(!((((((((data88 === "shared") || (data88 === "slave")) || (data88 === "private")) || (data88 === "unbindable")) || (data88 === "rshared")) || (data88 === "rslave")) || (data88 === "rprivate")) || (data88 === "runbindable"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/rootfsPropagation",keyword:"enum"}); errors++;
}
}
if(data24.maskedPaths !== undefined){
if(!(validate23(data24.maskedPaths, {instancePath:instancePath+"/linux/maskedPaths",parentData:data24,parentDataProperty:"maskedPaths",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data24.readonlyPaths !== undefined){
if(!(validate23(data24.readonlyPaths, {instancePath:instancePath+"/linux/readonlyPaths",parentData:data24,parentDataProperty:"readonlyPaths",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data24.mountLabel !== undefined){
if(typeof data24.mountLabel !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/mountLabel",keyword:"type"}); errors++;
}
}
if(data24.personality !== undefined){
let data92 = data24.personality;
if(data92 && typeof data92 == "object" && !Array.isArray(data92)){
if(data92.domain === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/linux/personality",keyword:"required",params:{missingProperty: "domain"}}); errors++;
}
for(const key22 in data92){
if(!((key22 === "domain") || (key22 === "flags"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/personality",keyword:"additionalProperties",params:{additionalProperty: key22}}); errors++;
}
}
if(data92.domain !== undefined){
let data93 = data92.domain;
if(typeof data93 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/linux/personality/domain",keyword:"type"}); errors++;
}
if(!((data93 === "LINUX") || (data93 === "LINUX32"))){
(vErrors ??= []).push({instancePath:instancePath+"/linux/personality/domain",keyword:"enum"}); errors++;
}
}
if(data92.flags !== undefined){
if(!(validate23(data92.flags, {instancePath:instancePath+"/linux/personality/flags",parentData:data92,parentDataProperty:"flags",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux/personality",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/linux",keyword:"type"}); errors++;
}
}
if(data.solaris !== undefined){
let data95 = data.solaris;
if(data95 && typeof data95 == "object" && !Array.isArray(data95)){
for(const key23 in data95){
if(!((((((key23 === "milestone") || (key23 === "limitpriv")) || (key23 === "maxShmMemory")) || (key23 === "cappedCPU")) || (key23 === "cappedMemory")) || (key23 === "anet"))){
(vErrors ??= []).push({instancePath:instancePath+"/solaris",keyword:"additionalProperties",params:{additionalProperty: key23}}); errors++;
}
}
if(data95.milestone !== undefined){
if(typeof data95.milestone !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/milestone",keyword:"type"}); errors++;
}
}
if(data95.limitpriv !== undefined){
if(typeof data95.limitpriv !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/limitpriv",keyword:"type"}); errors++;
}
}
if(data95.maxShmMemory !== undefined){
if(typeof data95.maxShmMemory !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/maxShmMemory",keyword:"type"}); errors++;
}
}
if(data95.cappedCPU !== undefined){
let data99 = data95.cappedCPU;
if(data99 && typeof data99 == "object" && !Array.isArray(data99)){
for(const key24 in data99){
if(!(key24 === "ncpus")){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/cappedCPU",keyword:"additionalProperties",params:{additionalProperty: key24}}); errors++;
}
}
if(data99.ncpus !== undefined){
if(typeof data99.ncpus !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/cappedCPU/ncpus",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/solaris/cappedCPU",keyword:"type"}); errors++;
}
}
if(data95.cappedMemory !== undefined){
let data101 = data95.cappedMemory;
if(data101 && typeof data101 == "object" && !Array.isArray(data101)){
for(const key25 in data101){
if(!((key25 === "physical") || (key25 === "swap"))){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/cappedMemory",keyword:"additionalProperties",params:{additionalProperty: key25}}); errors++;
}
}
if(data101.physical !== undefined){
if(typeof data101.physical !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/cappedMemory/physical",keyword:"type"}); errors++;
}
}
if(data101.swap !== undefined){
if(typeof data101.swap !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/cappedMemory/swap",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/solaris/cappedMemory",keyword:"type"}); errors++;
}
}
if(data95.anet !== undefined){
let data104 = data95.anet;
if(Array.isArray(data104)){
const len9 = data104.length;
for(let i9=0; i9<len9; i9++){
let data105 = data104[i9];
if(data105 && typeof data105 == "object" && !Array.isArray(data105)){
for(const key26 in data105){
if(!(((((((key26 === "linkname") || (key26 === "lowerLink")) || (key26 === "allowedAddress")) || (key26 === "configureAllowedAddress")) || (key26 === "defrouter")) || (key26 === "macAddress")) || (key26 === "linkProtection"))){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/anet/" + i9,keyword:"additionalProperties",params:{additionalProperty: key26}}); errors++;
}
}
if(data105.linkname !== undefined){
if(typeof data105.linkname !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/anet/" + i9+"/linkname",keyword:"type"}); errors++;
}
}
if(data105.lowerLink !== undefined){
if(typeof data105.lowerLink !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/anet/" + i9+"/lowerLink",keyword:"type"}); errors++;
}
}
if(data105.allowedAddress !== undefined){
if(typeof data105.allowedAddress !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/anet/" + i9+"/allowedAddress",keyword:"type"}); errors++;
}
}
if(data105.configureAllowedAddress !== undefined){
if(typeof data105.configureAllowedAddress !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/anet/" + i9+"/configureAllowedAddress",keyword:"type"}); errors++;
}
}
if(data105.defrouter !== undefined){
if(typeof data105.defrouter !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/anet/" + i9+"/defrouter",keyword:"type"}); errors++;
}
}
if(data105.macAddress !== undefined){
if(typeof data105.macAddress !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/anet/" + i9+"/macAddress",keyword:"type"}); errors++;
}
}
if(data105.linkProtection !== undefined){
if(typeof data105.linkProtection !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/solaris/anet/" + i9+"/linkProtection",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/solaris/anet/" + i9,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/solaris/anet",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/solaris",keyword:"type"}); errors++;
}
}
if(data.windows !== undefined){
let data113 = data.windows;
if(data113 && typeof data113 == "object" && !Array.isArray(data113)){
if(data113.layerFolders === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/windows",keyword:"required",params:{missingProperty: "layerFolders"}}); errors++;
}
for(const key27 in data113){
if(!((((((((key27 === "layerFolders") || (key27 === "devices")) || (key27 === "resources")) || (key27 === "network")) || (key27 === "credentialSpec")) || (key27 === "servicing")) || (key27 === "ignoreFlushesDuringBoot")) || (key27 === "hyperv"))){
(vErrors ??= []).push({instancePath:instancePath+"/windows",keyword:"additionalProperties",params:{additionalProperty: key27}}); errors++;
}
}
if(data113.layerFolders !== undefined){
let data114 = data113.layerFolders;
if(Array.isArray(data114)){
if(data114.length < 1){
(vErrors ??= []).push({instancePath:instancePath+"/windows/layerFolders",keyword:"minItems"}); errors++;
}
const len10 = data114.length;
for(let i10=0; i10<len10; i10++){
if(typeof data114[i10] !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/windows/layerFolders/" + i10,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/windows/layerFolders",keyword:"type"}); errors++;
}
}
if(data113.devices !== undefined){
let data116 = data113.devices;
if(Array.isArray(data116)){
const len11 = data116.length;
for(let i11=0; i11<len11; i11++){
let data117 = data116[i11];
if(data117 && typeof data117 == "object" && !Array.isArray(data117)){
if(data117.id === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/windows/devices/" + i11,keyword:"required",params:{missingProperty: "id"}}); errors++;
}
if(data117.idType === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/windows/devices/" + i11,keyword:"required",params:{missingProperty: "idType"}}); errors++;
}
for(const key28 in data117){
if(!((key28 === "id") || (key28 === "idType"))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/devices/" + i11,keyword:"additionalProperties",params:{additionalProperty: key28}}); errors++;
}
}
if(data117.id !== undefined){
if(typeof data117.id !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/windows/devices/" + i11+"/id",keyword:"type"}); errors++;
}
}
if(data117.idType !== undefined){
let data119 = data117.idType;
if(typeof data119 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/windows/devices/" + i11+"/idType",keyword:"type"}); errors++;
}
if(!(data119 === "class")){
(vErrors ??= []).push({instancePath:instancePath+"/windows/devices/" + i11+"/idType",keyword:"enum"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/windows/devices/" + i11,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/windows/devices",keyword:"type"}); errors++;
}
}
if(data113.resources !== undefined){
let data120 = data113.resources;
if(data120 && typeof data120 == "object" && !Array.isArray(data120)){
for(const key29 in data120){
if(!(((key29 === "memory") || (key29 === "cpu")) || (key29 === "storage"))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources",keyword:"additionalProperties",params:{additionalProperty: key29}}); errors++;
}
}
if(data120.memory !== undefined){
let data121 = data120.memory;
if(data121 && typeof data121 == "object" && !Array.isArray(data121)){
for(const key30 in data121){
if(!(key30 === "limit")){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/memory",keyword:"additionalProperties",params:{additionalProperty: key30}}); errors++;
}
}
if(data121.limit !== undefined){
let data122 = data121.limit;
if(!(Number.isInteger(data122))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/memory/limit",keyword:"type"}); errors++;
}
if(typeof data122 == "number"){
if(data122 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/memory/limit",keyword:"maximum"}); errors++;
}
if(data122 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/memory/limit",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/memory",keyword:"type"}); errors++;
}
}
if(data120.cpu !== undefined){
let data123 = data120.cpu;
if(data123 && typeof data123 == "object" && !Array.isArray(data123)){
for(const key31 in data123){
if(!((((key31 === "count") || (key31 === "shares")) || (key31 === "maximum")) || (key31 === "affinity"))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu",keyword:"additionalProperties",params:{additionalProperty: key31}}); errors++;
}
}
if(data123.count !== undefined){
let data124 = data123.count;
if(!(Number.isInteger(data124))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/count",keyword:"type"}); errors++;
}
if(typeof data124 == "number"){
if(data124 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/count",keyword:"maximum"}); errors++;
}
if(data124 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/count",keyword:"minimum"}); errors++;
}
}
}
if(data123.shares !== undefined){
let data125 = data123.shares;
if(!(Number.isInteger(data125))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/shares",keyword:"type"}); errors++;
}
if(typeof data125 == "number"){
if(data125 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/shares",keyword:"maximum"}); errors++;
}
if(data125 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/shares",keyword:"minimum"}); errors++;
}
}
}
if(data123.maximum !== undefined){
let data126 = data123.maximum;
if(!(Number.isInteger(data126))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/maximum",keyword:"type"}); errors++;
}
if(typeof data126 == "number"){
if(data126 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/maximum",keyword:"maximum"}); errors++;
}
if(data126 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/maximum",keyword:"minimum"}); errors++;
}
}
}
if(data123.affinity !== undefined){
let data127 = data123.affinity;
if(data127 && typeof data127 == "object" && !Array.isArray(data127)){
for(const key32 in data127){
if(!((key32 === "mask") || (key32 === "group"))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/affinity",keyword:"additionalProperties",params:{additionalProperty: key32}}); errors++;
}
}
if(data127.mask !== undefined){
let data128 = data127.mask;
if(!(Number.isInteger(data128))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/affinity/mask",keyword:"type"}); errors++;
}
if(typeof data128 == "number"){
if(data128 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/affinity/mask",keyword:"maximum"}); errors++;
}
if(data128 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/affinity/mask",keyword:"minimum"}); errors++;
}
}
}
if(data127.group !== undefined){
let data129 = data127.group;
if(!(Number.isInteger(data129))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/affinity/group",keyword:"type"}); errors++;
}
if(typeof data129 == "number"){
if(data129 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/affinity/group",keyword:"maximum"}); errors++;
}
if(data129 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/affinity/group",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu/affinity",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/cpu",keyword:"type"}); errors++;
}
}
if(data120.storage !== undefined){
let data130 = data120.storage;
if(data130 && typeof data130 == "object" && !Array.isArray(data130)){
for(const key33 in data130){
if(!(((key33 === "iops") || (key33 === "bps")) || (key33 === "sandboxSize"))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/storage",keyword:"additionalProperties",params:{additionalProperty: key33}}); errors++;
}
}
if(data130.iops !== undefined){
let data131 = data130.iops;
if(!(Number.isInteger(data131))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/storage/iops",keyword:"type"}); errors++;
}
if(typeof data131 == "number"){
if(data131 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/storage/iops",keyword:"maximum"}); errors++;
}
if(data131 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/storage/iops",keyword:"minimum"}); errors++;
}
}
}
if(data130.bps !== undefined){
let data132 = data130.bps;
if(!(Number.isInteger(data132))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/storage/bps",keyword:"type"}); errors++;
}
if(typeof data132 == "number"){
if(data132 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/storage/bps",keyword:"maximum"}); errors++;
}
if(data132 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/storage/bps",keyword:"minimum"}); errors++;
}
}
}
if(data130.sandboxSize !== undefined){
let data133 = data130.sandboxSize;
if(!(Number.isInteger(data133))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/storage/sandboxSize",keyword:"type"}); errors++;
}
if(typeof data133 == "number"){
if(data133 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/storage/sandboxSize",keyword:"maximum"}); errors++;
}
if(data133 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/storage/sandboxSize",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources/storage",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/windows/resources",keyword:"type"}); errors++;
}
}
if(data113.network !== undefined){
let data134 = data113.network;
if(data134 && typeof data134 == "object" && !Array.isArray(data134)){
for(const key34 in data134){
if(!(((((key34 === "endpointList") || (key34 === "allowUnqualifiedDNSQuery")) || (key34 === "DNSSearchList")) || (key34 === "networkSharedContainerName")) || (key34 === "networkNamespace"))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/network",keyword:"additionalProperties",params:{additionalProperty: key34}}); errors++;
}
}
if(data134.endpointList !== undefined){
if(!(validate23(data134.endpointList, {instancePath:instancePath+"/windows/network/endpointList",parentData:data134,parentDataProperty:"endpointList",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data134.allowUnqualifiedDNSQuery !== undefined){
if(typeof data134.allowUnqualifiedDNSQuery !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/windows/network/allowUnqualifiedDNSQuery",keyword:"type"}); errors++;
}
}
if(data134.DNSSearchList !== undefined){
if(!(validate23(data134.DNSSearchList, {instancePath:instancePath+"/windows/network/DNSSearchList",parentData:data134,parentDataProperty:"DNSSearchList",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data134.networkSharedContainerName !== undefined){
if(typeof data134.networkSharedContainerName !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/windows/network/networkSharedContainerName",keyword:"type"}); errors++;
}
}
if(data134.networkNamespace !== undefined){
if(typeof data134.networkNamespace !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/windows/network/networkNamespace",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/windows/network",keyword:"type"}); errors++;
}
}
if(data113.credentialSpec !== undefined){
let data140 = data113.credentialSpec;
if(!(data140 && typeof data140 == "object" && !Array.isArray(data140))){
(vErrors ??= []).push({instancePath:instancePath+"/windows/credentialSpec",keyword:"type"}); errors++;
}
}
if(data113.servicing !== undefined){
if(typeof data113.servicing !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/windows/servicing",keyword:"type"}); errors++;
}
}
if(data113.ignoreFlushesDuringBoot !== undefined){
if(typeof data113.ignoreFlushesDuringBoot !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/windows/ignoreFlushesDuringBoot",keyword:"type"}); errors++;
}
}
if(data113.hyperv !== undefined){
let data143 = data113.hyperv;
if(data143 && typeof data143 == "object" && !Array.isArray(data143)){
for(const key35 in data143){
if(!(key35 === "utilityVMPath")){
(vErrors ??= []).push({instancePath:instancePath+"/windows/hyperv",keyword:"additionalProperties",params:{additionalProperty: key35}}); errors++;
}
}
if(data143.utilityVMPath !== undefined){
if(typeof data143.utilityVMPath !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/windows/hyperv/utilityVMPath",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/windows/hyperv",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/windows",keyword:"type"}); errors++;
}
}
if(data.vm !== undefined){
let data145 = data.vm;
if(data145 && typeof data145 == "object" && !Array.isArray(data145)){
if(data145.kernel === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/vm",keyword:"required",params:{missingProperty: "kernel"}}); errors++;
}
for(const key36 in data145){
if(!((((key36 === "hypervisor") || (key36 === "kernel")) || (key36 === "image")) || (key36 === "hwConfig"))){
(vErrors ??= []).push({instancePath:instancePath+"/vm",keyword:"additionalProperties",params:{additionalProperty: key36}}); errors++;
}
}
if(data145.hypervisor !== undefined){
let data146 = data145.hypervisor;
if(data146 && typeof data146 == "object" && !Array.isArray(data146)){
if(data146.path === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hypervisor",keyword:"required",params:{missingProperty: "path"}}); errors++;
}
for(const key37 in data146){
if(!((key37 === "path") || (key37 === "parameters"))){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hypervisor",keyword:"additionalProperties",params:{additionalProperty: key37}}); errors++;
}
}
if(data146.path !== undefined){
if(typeof data146.path !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hypervisor/path",keyword:"type"}); errors++;
}
}
if(data146.parameters !== undefined){
if(!(validate23(data146.parameters, {instancePath:instancePath+"/vm/hypervisor/parameters",parentData:data146,parentDataProperty:"parameters",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/vm/hypervisor",keyword:"type"}); errors++;
}
}
if(data145.kernel !== undefined){
let data149 = data145.kernel;
if(data149 && typeof data149 == "object" && !Array.isArray(data149)){
if(data149.path === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/vm/kernel",keyword:"required",params:{missingProperty: "path"}}); errors++;
}
for(const key38 in data149){
if(!(((key38 === "path") || (key38 === "parameters")) || (key38 === "initrd"))){
(vErrors ??= []).push({instancePath:instancePath+"/vm/kernel",keyword:"additionalProperties",params:{additionalProperty: key38}}); errors++;
}
}
if(data149.path !== undefined){
if(typeof data149.path !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/vm/kernel/path",keyword:"type"}); errors++;
}
}
if(data149.parameters !== undefined){
if(!(validate23(data149.parameters, {instancePath:instancePath+"/vm/kernel/parameters",parentData:data149,parentDataProperty:"parameters",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data149.initrd !== undefined){
if(typeof data149.initrd !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/vm/kernel/initrd",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/vm/kernel",keyword:"type"}); errors++;
}
}
if(data145.image !== undefined){
let data153 = data145.image;
if(data153 && typeof data153 == "object" && !Array.isArray(data153)){
if(data153.path === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/vm/image",keyword:"required",params:{missingProperty: "path"}}); errors++;
}
if(data153.format === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/vm/image",keyword:"required",params:{missingProperty: "format"}}); errors++;
}
for(const key39 in data153){
if(!((key39 === "path") || (key39 === "format"))){
(vErrors ??= []).push({instancePath:instancePath+"/vm/image",keyword:"additionalProperties",params:{additionalProperty: key39}}); errors++;
}
}
if(data153.path !== undefined){
if(typeof data153.path !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/vm/image/path",keyword:"type"}); errors++;
}
}
if(data153.format !== undefined){
let data155 = data153.format;
if(typeof data155 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/vm/image/format",keyword:"type"}); errors++;
}
if(!(((((data155 === "raw") || (data155 === "qcow2")) || (data155 === "vdi")) || (data155 === "vmdk")) || (data155 === "vhd"))){
(vErrors ??= []).push({instancePath:instancePath+"/vm/image/format",keyword:"enum"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/vm/image",keyword:"type"}); errors++;
}
}
if(data145.hwConfig !== undefined){
let data156 = data145.hwConfig;
if(data156 && typeof data156 == "object" && !Array.isArray(data156)){
for(const key40 in data156){
if(!((((((key40 === "deviceTree") || (key40 === "vcpus")) || (key40 === "memory")) || (key40 === "dtdevs")) || (key40 === "iomems")) || (key40 === "irqs"))){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig",keyword:"additionalProperties",params:{additionalProperty: key40}}); errors++;
}
}
if(data156.deviceTree !== undefined){
if(typeof data156.deviceTree !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/deviceTree",keyword:"type"}); errors++;
}
}
if(data156.vcpus !== undefined){
let data158 = data156.vcpus;
if(!(Number.isInteger(data158))){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/vcpus",keyword:"type"}); errors++;
}
if(typeof data158 == "number"){
if(data158 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/vcpus",keyword:"maximum"}); errors++;
}
if(data158 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/vcpus",keyword:"minimum"}); errors++;
}
}
}
if(data156.memory !== undefined){
let data159 = data156.memory;
if(!(Number.isInteger(data159))){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/memory",keyword:"type"}); errors++;
}
if(typeof data159 == "number"){
if(data159 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/memory",keyword:"maximum"}); errors++;
}
if(data159 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/memory",keyword:"minimum"}); errors++;
}
}
}
if(data156.dtdevs !== undefined){
if(!(validate23(data156.dtdevs, {instancePath:instancePath+"/vm/hwConfig/dtdevs",parentData:data156,parentDataProperty:"dtdevs",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data156.iomems !== undefined){
let data161 = data156.iomems;
if(Array.isArray(data161)){
const len12 = data161.length;
for(let i12=0; i12<len12; i12++){
let data162 = data161[i12];
if(data162 && typeof data162 == "object" && !Array.isArray(data162)){
if(data162.firstMFN === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems/" + i12,keyword:"required",params:{missingProperty: "firstMFN"}}); errors++;
}
if(data162.nrMFNs === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems/" + i12,keyword:"required",params:{missingProperty: "nrMFNs"}}); errors++;
}
for(const key41 in data162){
if(!(((key41 === "firstGFN") || (key41 === "firstMFN")) || (key41 === "nrMFNs"))){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems/" + i12,keyword:"additionalProperties",params:{additionalProperty: key41}}); errors++;
}
}
if(data162.firstGFN !== undefined){
let data163 = data162.firstGFN;
if(!(Number.isInteger(data163))){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems/" + i12+"/firstGFN",keyword:"type"}); errors++;
}
if(typeof data163 == "number"){
if(data163 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems/" + i12+"/firstGFN",keyword:"maximum"}); errors++;
}
if(data163 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems/" + i12+"/firstGFN",keyword:"minimum"}); errors++;
}
}
}
if(data162.firstMFN !== undefined){
let data164 = data162.firstMFN;
if(!(Number.isInteger(data164))){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems/" + i12+"/firstMFN",keyword:"type"}); errors++;
}
if(typeof data164 == "number"){
if(data164 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems/" + i12+"/firstMFN",keyword:"maximum"}); errors++;
}
if(data164 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems/" + i12+"/firstMFN",keyword:"minimum"}); errors++;
}
}
}
if(data162.nrMFNs !== undefined){
let data165 = data162.nrMFNs;
if(!(Number.isInteger(data165))){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems/" + i12+"/nrMFNs",keyword:"type"}); errors++;
}
if(typeof data165 == "number"){
if(data165 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems/" + i12+"/nrMFNs",keyword:"maximum"}); errors++;
}
if(data165 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems/" + i12+"/nrMFNs",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems/" + i12,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/iomems",keyword:"type"}); errors++;
}
}
if(data156.irqs !== undefined){
let data166 = data156.irqs;
if(Array.isArray(data166)){
const len13 = data166.length;
for(let i13=0; i13<len13; i13++){
let data167 = data166[i13];
if(!(Number.isInteger(data167))){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/irqs/" + i13,keyword:"type"}); errors++;
}
if(typeof data167 == "number"){
if(data167 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/irqs/" + i13,keyword:"maximum"}); errors++;
}
if(data167 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/irqs/" + i13,keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig/irqs",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/vm/hwConfig",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/vm",keyword:"type"}); errors++;
}
}
if(data.zos !== undefined){
let data168 = data.zos;
if(data168 && typeof data168 == "object" && !Array.isArray(data168)){
for(const key42 in data168){
if(!(key42 === "namespaces")){
(vErrors ??= []).push({instancePath:instancePath+"/zos",keyword:"additionalProperties",params:{additionalProperty: key42}}); errors++;
}
}
if(data168.namespaces !== undefined){
let data169 = data168.namespaces;
if(Array.isArray(data169)){
const len14 = data169.length;
for(let i14=0; i14<len14; i14++){
let data170 = data169[i14];
if(data170 && typeof data170 == "object" && !Array.isArray(data170)){
if(data170.type === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/zos/namespaces/" + i14,keyword:"required",params:{missingProperty: "type"}}); errors++;
}
for(const key43 in data170){
if(!((key43 === "type") || (key43 === "path"))){
(vErrors ??= []).push({instancePath:instancePath+"/zos/namespaces/" + i14,keyword:"additionalProperties",params:{additionalProperty: key43}}); errors++;
}
}
if(data170.type !== undefined){
let data171 = data170.type;
if(typeof data171 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/zos/namespaces/" + i14+"/type",keyword:"type"}); errors++;
}
if(!((((data171 === "mount") || (data171 === "pid")) || (data171 === "uts")) || (data171 === "ipc"))){
(vErrors ??= []).push({instancePath:instancePath+"/zos/namespaces/" + i14+"/type",keyword:"enum"}); errors++;
}
}
if(data170.path !== undefined){
if(typeof data170.path !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/zos/namespaces/" + i14+"/path",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/zos/namespaces/" + i14,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/zos/namespaces",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/zos",keyword:"type"}); errors++;
}
}
if(data.freebsd !== undefined){
let data173 = data.freebsd;
if(data173 && typeof data173 == "object" && !Array.isArray(data173)){
for(const key44 in data173){
if(!((key44 === "devices") || (key44 === "jail"))){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd",keyword:"additionalProperties",params:{additionalProperty: key44}}); errors++;
}
}
if(data173.devices !== undefined){
let data174 = data173.devices;
if(Array.isArray(data174)){
const len15 = data174.length;
for(let i15=0; i15<len15; i15++){
let data175 = data174[i15];
if(data175 && typeof data175 == "object" && !Array.isArray(data175)){
for(const key45 in data175){
if(!((key45 === "path") || (key45 === "mode"))){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/devices/" + i15,keyword:"additionalProperties",params:{additionalProperty: key45}}); errors++;
}
}
if(data175.path !== undefined){
if(typeof data175.path !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/devices/" + i15+"/path",keyword:"type"}); errors++;
}
}
if(data175.mode !== undefined){
let data177 = data175.mode;
if(!(Number.isInteger(data177))){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/devices/" + i15+"/mode",keyword:"type"}); errors++;
}
if(typeof data177 == "number"){
if(data177 > 511){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/devices/" + i15+"/mode",keyword:"maximum"}); errors++;
}
if(data177 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/devices/" + i15+"/mode",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/devices/" + i15,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/devices",keyword:"type"}); errors++;
}
}
if(data173.jail !== undefined){
let data178 = data173.jail;
if(data178 && typeof data178 == "object" && !Array.isArray(data178)){
for(const key46 in data178){
if(!(func2.call(schema6.properties.freebsd.properties.jail.properties, key46))){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail",keyword:"additionalProperties",params:{additionalProperty: key46}}); errors++;
}
}
if(data178.parent !== undefined){
if(typeof data178.parent !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/parent",keyword:"type"}); errors++;
}
}
if(data178.host !== undefined){
let data180 = data178.host;
if(typeof data180 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/host",keyword:"type"}); errors++;
}
if(!((data180 === "new") || (data180 === "inherit"))){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/host",keyword:"enum"}); errors++;
}
}
if(data178.ip4 !== undefined){
let data181 = data178.ip4;
if(typeof data181 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/ip4",keyword:"type"}); errors++;
}
if(!(((data181 === "disable") || (data181 === "new")) || (data181 === "inherit"))){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/ip4",keyword:"enum"}); errors++;
}
}
if(data178.ip4Addr !== undefined){
if(!(validate23(data178.ip4Addr, {instancePath:instancePath+"/freebsd/jail/ip4Addr",parentData:data178,parentDataProperty:"ip4Addr",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data178.ip6 !== undefined){
let data183 = data178.ip6;
if(typeof data183 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/ip6",keyword:"type"}); errors++;
}
if(!(((data183 === "disable") || (data183 === "new")) || (data183 === "inherit"))){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/ip6",keyword:"enum"}); errors++;
}
}
if(data178.ip6Addr !== undefined){
if(!(validate23(data178.ip6Addr, {instancePath:instancePath+"/freebsd/jail/ip6Addr",parentData:data178,parentDataProperty:"ip6Addr",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data178.vnet !== undefined){
let data185 = data178.vnet;
if(typeof data185 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/vnet",keyword:"type"}); errors++;
}
if(!((data185 === "new") || (data185 === "inherit"))){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/vnet",keyword:"enum"}); errors++;
}
}
if(data178.interface !== undefined){
if(typeof data178.interface !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/interface",keyword:"type"}); errors++;
}
}
if(data178.vnetInterfaces !== undefined){
if(!(validate23(data178.vnetInterfaces, {instancePath:instancePath+"/freebsd/jail/vnetInterfaces",parentData:data178,parentDataProperty:"vnetInterfaces",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data178.sysvmsg !== undefined){
let data188 = data178.sysvmsg;
if(typeof data188 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/sysvmsg",keyword:"type"}); errors++;
}
if(!(((data188 === "disable") || (data188 === "new")) || (data188 === "inherit"))){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/sysvmsg",keyword:"enum"}); errors++;
}
}
if(data178.sysvsem !== undefined){
let data189 = data178.sysvsem;
if(typeof data189 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/sysvsem",keyword:"type"}); errors++;
}
if(!(((data189 === "disable") || (data189 === "new")) || (data189 === "inherit"))){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/sysvsem",keyword:"enum"}); errors++;
}
}
if(data178.sysvshm !== undefined){
let data190 = data178.sysvshm;
if(typeof data190 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/sysvshm",keyword:"type"}); errors++;
}
if(!(((data190 === "disable") || (data190 === "new")) || (data190 === "inherit"))){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/sysvshm",keyword:"enum"}); errors++;
}
}
if(data178.enforceStatfs !== undefined){
let data191 = data178.enforceStatfs;
if(!(Number.isInteger(data191))){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/enforceStatfs",keyword:"type"}); errors++;
}
if(typeof data191 == "number"){
if(data191 > 255){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/enforceStatfs",keyword:"maximum"}); errors++;
}
if(data191 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/enforceStatfs",keyword:"minimum"}); errors++;
}
}
}
if(data178.allow !== undefined){
let data192 = data178.allow;
if(data192 && typeof data192 == "object" && !Array.isArray(data192)){
for(const key47 in data192){
if(!(func2.call(schema6.properties.freebsd.properties.jail.properties.allow.properties, key47))){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/allow",keyword:"additionalProperties",params:{additionalProperty: key47}}); errors++;
}
}
if(data192.setHostname !== undefined){
if(typeof data192.setHostname !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/allow/setHostname",keyword:"type"}); errors++;
}
}
if(data192.rawSockets !== undefined){
if(typeof data192.rawSockets !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/allow/rawSockets",keyword:"type"}); errors++;
}
}
if(data192.chflags !== undefined){
if(typeof data192.chflags !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/allow/chflags",keyword:"type"}); errors++;
}
}
if(data192.mount !== undefined){
if(!(validate23(data192.mount, {instancePath:instancePath+"/freebsd/jail/allow/mount",parentData:data192,parentDataProperty:"mount",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data192.quotas !== undefined){
if(typeof data192.quotas !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/allow/quotas",keyword:"type"}); errors++;
}
}
if(data192.socketAf !== undefined){
if(typeof data192.socketAf !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/allow/socketAf",keyword:"type"}); errors++;
}
}
if(data192.mlock !== undefined){
if(typeof data192.mlock !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/allow/mlock",keyword:"type"}); errors++;
}
}
if(data192.reservedPorts !== undefined){
if(typeof data192.reservedPorts !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/allow/reservedPorts",keyword:"type"}); errors++;
}
}
if(data192.suser !== undefined){
if(typeof data192.suser !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/allow/suser",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail/allow",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/freebsd/jail",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/freebsd",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type"}); errors++;
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateProcess = validate67;

function validate67(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.cwd === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "cwd"}}); errors++;
}
for(const key0 in data){
if(!(func2.call(schema7.properties, key0))){
(vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.terminal !== undefined){
if(typeof data.terminal !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/terminal",keyword:"type"}); errors++;
}
}
if(data.consoleSize !== undefined){
let data1 = data.consoleSize;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.height === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize",keyword:"required",params:{missingProperty: "height"}}); errors++;
}
if(data1.width === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize",keyword:"required",params:{missingProperty: "width"}}); errors++;
}
for(const key1 in data1){
if(!((key1 === "height") || (key1 === "width"))){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize",keyword:"additionalProperties",params:{additionalProperty: key1}}); errors++;
}
}
if(data1.height !== undefined){
let data2 = data1.height;
if(!(Number.isInteger(data2))){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize/height",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize/height",keyword:"maximum"}); errors++;
}
if(data2 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize/height",keyword:"minimum"}); errors++;
}
}
}
if(data1.width !== undefined){
let data3 = data1.width;
if(!(Number.isInteger(data3))){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize/width",keyword:"type"}); errors++;
}
if(typeof data3 == "number"){
if(data3 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize/width",keyword:"maximum"}); errors++;
}
if(data3 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize/width",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/consoleSize",keyword:"type"}); errors++;
}
}
if(data.user !== undefined){
let data4 = data.user;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key2 in data4){
if(!(((((key2 === "uid") || (key2 === "gid")) || (key2 === "umask")) || (key2 === "additionalGids")) || (key2 === "username"))){
(vErrors ??= []).push({instancePath:instancePath+"/user",keyword:"additionalProperties",params:{additionalProperty: key2}}); errors++;
}
}
if(data4.uid !== undefined){
let data5 = data4.uid;
if(!(Number.isInteger(data5))){
(vErrors ??= []).push({instancePath:instancePath+"/user/uid",keyword:"type"}); errors++;
}
if(typeof data5 == "number"){
if(data5 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/user/uid",keyword:"maximum"}); errors++;
}
if(data5 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/user/uid",keyword:"minimum"}); errors++;
}
}
}
if(data4.gid !== undefined){
let data6 = data4.gid;
if(!(Number.isInteger(data6))){
(vErrors ??= []).push({instancePath:instancePath+"/user/gid",keyword:"type"}); errors++;
}
if(typeof data6 == "number"){
if(data6 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/user/gid",keyword:"maximum"}); errors++;
}
if(data6 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/user/gid",keyword:"minimum"}); errors++;
}
}
}
if(data4.umask !== undefined){
let data7 = data4.umask;
if(!(Number.isInteger(data7))){
(vErrors ??= []).push({instancePath:instancePath+"/user/umask",keyword:"type"}); errors++;
}
if(typeof data7 == "number"){
if(data7 > 511){
(vErrors ??= []).push({instancePath:instancePath+"/user/umask",keyword:"maximum"}); errors++;
}
if(data7 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/user/umask",keyword:"minimum"}); errors++;
}
}
}
if(data4.additionalGids !== undefined){
let data8 = data4.additionalGids;
if(Array.isArray(data8)){
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
if(!(Number.isInteger(data9))){
(vErrors ??= []).push({instancePath:instancePath+"/user/additionalGids/" + i0,keyword:"type"}); errors++;
}
if(typeof data9 == "number"){
if(data9 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/user/additionalGids/" + i0,keyword:"maximum"}); errors++;
}
if(data9 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/user/additionalGids/" + i0,keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/user/additionalGids",keyword:"type"}); errors++;
}
}
if(data4.username !== undefined){
if(typeof data4.username !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/user/username",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/user",keyword:"type"}); errors++;
}
}
if(data.args !== undefined){
if(!(validate23(data.args, {instancePath:instancePath+"/args",parentData:data,parentDataProperty:"args",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.commandLine !== undefined){
if(typeof data.commandLine !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/commandLine",keyword:"type"}); errors++;
}
}
if(data.env !== undefined){
if(!(validate23(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.cwd !== undefined){
if(typeof data.cwd !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/cwd",keyword:"type"}); errors++;
}
}
if(data.capabilities !== undefined){
let data15 = data.capabilities;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key3 in data15){
if(!(((((key3 === "bounding") || (key3 === "effective")) || (key3 === "inheritable")) || (key3 === "permitted")) || (key3 === "ambient"))){
(vErrors ??= []).push({instancePath:instancePath+"/capabilities",keyword:"additionalProperties",params:{additionalProperty: key3}}); errors++;
}
}
if(data15.bounding !== undefined){
if(!(validate23(data15.bounding, {instancePath:instancePath+"/capabilities/bounding",parentData:data15,parentDataProperty:"bounding",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data15.effective !== undefined){
if(!(validate23(data15.effective, {instancePath:instancePath+"/capabilities/effective",parentData:data15,parentDataProperty:"effective",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data15.inheritable !== undefined){
if(!(validate23(data15.inheritable, {instancePath:instancePath+"/capabilities/inheritable",parentData:data15,parentDataProperty:"inheritable",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data15.permitted !== undefined){
if(!(validate23(data15.permitted, {instancePath:instancePath+"/capabilities/permitted",parentData:data15,parentDataProperty:"permitted",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data15.ambient !== undefined){
if(!(validate23(data15.ambient, {instancePath:instancePath+"/capabilities/ambient",parentData:data15,parentDataProperty:"ambient",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/capabilities",keyword:"type"}); errors++;
}
}
if(data.rlimits !== undefined){
let data21 = data.rlimits;
if(Array.isArray(data21)){
const len1 = data21.length;
for(let i1=0; i1<len1; i1++){
let data22 = data21[i1];
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
if(data22.type === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1,keyword:"required",params:{missingProperty: "type"}}); errors++;
}
if(data22.soft === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1,keyword:"required",params:{missingProperty: "soft"}}); errors++;
}
if(data22.hard === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1,keyword:"required",params:{missingProperty: "hard"}}); errors++;
}
for(const key4 in data22){
if(!(((key4 === "type") || (key4 === "soft")) || (key4 === "hard"))){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1,keyword:"additionalProperties",params:{additionalProperty: key4}}); errors++;
}
}
if(data22.type !== undefined){
let data23 = data22.type;
if(typeof data23 === "string"){
if(!pattern0.test(data23)){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/type",keyword:"pattern"}); errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/type",keyword:"type"}); errors++;
}
}
if(data22.soft !== undefined){
let data24 = data22.soft;
if(!(Number.isInteger(data24))){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/soft",keyword:"type"}); errors++;
}
if(typeof data24 == "number"){
if(data24 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/soft",keyword:"maximum"}); errors++;
}
if(data24 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/soft",keyword:"minimum"}); errors++;
}
}
}
if(data22.hard !== undefined){
let data25 = data22.hard;
if(!(Number.isInteger(data25))){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/hard",keyword:"type"}); errors++;
}
if(typeof data25 == "number"){
if(data25 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/hard",keyword:"maximum"}); errors++;
}
if(data25 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1+"/hard",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/rlimits/" + i1,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/rlimits",keyword:"type"}); errors++;
}
}
if(data.noNewPrivileges !== undefined){
if(typeof data.noNewPrivileges !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/noNewPrivileges",keyword:"type"}); errors++;
}
}
if(data.apparmorProfile !== undefined){
if(typeof data.apparmorProfile !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/apparmorProfile",keyword:"type"}); errors++;
}
}
if(data.oomScoreAdj !== undefined){
let data28 = data.oomScoreAdj;
if(!(Number.isInteger(data28))){
(vErrors ??= []).push({instancePath:instancePath+"/oomScoreAdj",keyword:"type"}); errors++;
}
if(typeof data28 == "number"){
if(data28 > 1000){
(vErrors ??= []).push({instancePath:instancePath+"/oomScoreAdj",keyword:"maximum"}); errors++;
}
if(data28 < -1000){
(vErrors ??= []).push({instancePath:instancePath+"/oomScoreAdj",keyword:"minimum"}); errors++;
}
}
}
if(data.scheduler !== undefined){
let data29 = data.scheduler;
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
if(data29.policy === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler",keyword:"required",params:{missingProperty: "policy"}}); errors++;
}
for(const key5 in data29){
if(!(((((((key5 === "policy") || (key5 === "nice")) || (key5 === "priority")) || (key5 === "flags")) || (key5 === "runtime")) || (key5 === "deadline")) || (key5 === "period"))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler",keyword:"additionalProperties",params:{additionalProperty: key5}}); errors++;
}
}
if(data29.policy !== undefined){
let data30 = data29.policy;
if(typeof data30 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/policy",keyword:"type"}); errors++;
}
if(!(((((((data30 === "SCHED_OTHER") || (data30 === "SCHED_FIFO")) || (data30 === "SCHED_RR")) || (data30 === "SCHED_BATCH")) || (data30 === "SCHED_ISO")) || (data30 === "SCHED_IDLE")) || (data30 === "SCHED_DEADLINE"))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/policy",keyword:"enum"}); errors++;
}
}
if(data29.nice !== undefined){
let data31 = data29.nice;
if(!(Number.isInteger(data31))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/nice",keyword:"type"}); errors++;
}
if(typeof data31 == "number"){
if(data31 > 2147483647){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/nice",keyword:"maximum"}); errors++;
}
if(data31 < -2147483648){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/nice",keyword:"minimum"}); errors++;
}
}
}
if(data29.priority !== undefined){
let data32 = data29.priority;
if(!(Number.isInteger(data32))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/priority",keyword:"type"}); errors++;
}
if(typeof data32 == "number"){
if(data32 > 2147483647){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/priority",keyword:"maximum"}); errors++;
}
if(data32 < -2147483648){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/priority",keyword:"minimum"}); errors++;
}
}
}
if(data29.flags !== undefined){
let data33 = data29.flags;
if(Array.isArray(data33)){
const len2 = data33.length;
for(let i2=0; i2<len2; i2++){
let data34 = data33[i2];
if(typeof data34 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/flags/" + i2,keyword:"type"}); errors++;
}
if(!(((((((data34 === "SCHED_FLAG_RESET_ON_FORK") || (data34 === "SCHED_FLAG_RECLAIM")) || (data34 === "SCHED_FLAG_DL_OVERRUN")) || (data34 === "SCHED_FLAG_KEEP_POLICY")) || (data34 === "SCHED_FLAG_KEEP_PARAMS")) || (data34 === "SCHED_FLAG_UTIL_CLAMP_MIN")) || (data34 === "SCHED_FLAG_UTIL_CLAMP_MAX"))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/flags/" + i2,keyword:"enum"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/flags",keyword:"type"}); errors++;
}
}
if(data29.runtime !== undefined){
let data35 = data29.runtime;
if(!(Number.isInteger(data35))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/runtime",keyword:"type"}); errors++;
}
if(typeof data35 == "number"){
if(data35 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/runtime",keyword:"maximum"}); errors++;
}
if(data35 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/runtime",keyword:"minimum"}); errors++;
}
}
}
if(data29.deadline !== undefined){
let data36 = data29.deadline;
if(!(Number.isInteger(data36))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/deadline",keyword:"type"}); errors++;
}
if(typeof data36 == "number"){
if(data36 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/deadline",keyword:"maximum"}); errors++;
}
if(data36 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/deadline",keyword:"minimum"}); errors++;
}
}
}
if(data29.period !== undefined){
let data37 = data29.period;
if(!(Number.isInteger(data37))){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/period",keyword:"type"}); errors++;
}
if(typeof data37 == "number"){
if(data37 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/period",keyword:"maximum"}); errors++;
}
if(data37 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/scheduler/period",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/scheduler",keyword:"type"}); errors++;
}
}
if(data.selinuxLabel !== undefined){
if(typeof data.selinuxLabel !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/selinuxLabel",keyword:"type"}); errors++;
}
}
if(data.ioPriority !== undefined){
let data39 = data.ioPriority;
if(data39 && typeof data39 == "object" && !Array.isArray(data39)){
if(data39.class === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority",keyword:"required",params:{missingProperty: "class"}}); errors++;
}
for(const key6 in data39){
if(!((key6 === "class") || (key6 === "priority"))){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority",keyword:"additionalProperties",params:{additionalProperty: key6}}); errors++;
}
}
if(data39.class !== undefined){
let data40 = data39.class;
if(typeof data40 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority/class",keyword:"type"}); errors++;
}
if(!(((data40 === "IOPRIO_CLASS_RT") || (data40 === "IOPRIO_CLASS_BE")) || (data40 === "IOPRIO_CLASS_IDLE"))){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority/class",keyword:"enum"}); errors++;
}
}
if(data39.priority !== undefined){
let data41 = data39.priority;
if(!(Number.isInteger(data41))){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority/priority",keyword:"type"}); errors++;
}
if(typeof data41 == "number"){
if(data41 > 7){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority/priority",keyword:"maximum"}); errors++;
}
if(data41 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority/priority",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/ioPriority",keyword:"type"}); errors++;
}
}
if(data.execCPUAffinity !== undefined){
let data42 = data.execCPUAffinity;
if(data42 && typeof data42 == "object" && !Array.isArray(data42)){
for(const key7 in data42){
if(!((key7 === "initial") || (key7 === "final"))){
(vErrors ??= []).push({instancePath:instancePath+"/execCPUAffinity",keyword:"additionalProperties",params:{additionalProperty: key7}}); errors++;
}
}
if(data42.initial !== undefined){
let data43 = data42.initial;
if(typeof data43 === "string"){
if(!pattern1.test(data43)){
(vErrors ??= []).push({instancePath:instancePath+"/execCPUAffinity/initial",keyword:"pattern"}); errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/execCPUAffinity/initial",keyword:"type"}); errors++;
}
}
if(data42.final !== undefined){
let data44 = data42.final;
if(typeof data44 === "string"){
if(!pattern1.test(data44)){
(vErrors ??= []).push({instancePath:instancePath+"/execCPUAffinity/final",keyword:"pattern"}); errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/execCPUAffinity/final",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/execCPUAffinity",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type"}); errors++;
}
validate67.errors = vErrors;
return errors === 0;
}

export const validateResources = validate75;

function validate75(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
(vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.unified !== undefined){
let data0 = data.unified;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
const _errs4 = errors;
if(typeof key1 === "string"){
if(!pattern3.test(key1)){
(vErrors ??= []).push({instancePath:instancePath+"/unified",keyword:"pattern",propertyName:key1}); errors++;
}
}
var valid1 = _errs4 === errors;
if(!valid1){
(vErrors ??= []).push({instancePath:instancePath+"/unified",keyword:"propertyNames",params:{propertyName: key1}}); errors++;
}
}
for(const key2 in data0){
if(typeof data0[key2] !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/unified/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/unified",keyword:"type"}); errors++;
}
}
if(data.devices !== undefined){
let data2 = data.devices;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.allow === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0,keyword:"required",params:{missingProperty: "allow"}}); errors++;
}
for(const key3 in data3){
if(!(((((key3 === "allow") || (key3 === "type")) || (key3 === "major")) || (key3 === "minor")) || (key3 === "access"))){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0,keyword:"additionalProperties",params:{additionalProperty: key3}}); errors++;
}
}
if(data3.allow !== undefined){
if(typeof data3.allow !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/allow",keyword:"type"}); errors++;
}
}
if(data3.type !== undefined){
let data5 = data3.type;
if(typeof data5 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/type",keyword:"type"}); errors++;
}
if(!(((data5 === "a") || (data5 === "b")) || (data5 === "c"))){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/type",keyword:"enum"}); errors++;
}
}
if(data3.major !== undefined){
let data6 = data3.major;
if(!(Number.isInteger(data6))){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/major",keyword:"type"}); errors++;
}
if(typeof data6 == "number"){
if(data6 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/major",keyword:"maximum"}); errors++;
}
if(data6 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/major",keyword:"minimum"}); errors++;
}
}
}
if(data3.minor !== undefined){
let data7 = data3.minor;
if(!(Number.isInteger(data7))){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/minor",keyword:"type"}); errors++;
}
if(typeof data7 == "number"){
if(data7 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/minor",keyword:"maximum"}); errors++;
}
if(data7 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/minor",keyword:"minimum"}); errors++;
}
}
}
if(data3.access !== undefined){
let data8 = data3.access;
if(typeof data8 === "string"){
if(!pattern8.test(data8)){
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/access",keyword:"pattern"}); errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0+"/access",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/devices/" + i0,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/devices",keyword:"type"}); errors++;
}
}
if(data.memory !== undefined){
let data9 = data.memory;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key4 in data9){
if(!(func2.call(schema11.properties.memory.properties, key4))){
(vErrors ??= []).push({instancePath:instancePath+"/memory",keyword:"additionalProperties",params:{additionalProperty: key4}}); errors++;
}
}
if(data9.limit !== undefined){
let data10 = data9.limit;
if(!(Number.isInteger(data10))){
(vErrors ??= []).push({instancePath:instancePath+"/memory/limit",keyword:"type"}); errors++;
}
if(typeof data10 == "number"){
if(data10 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/limit",keyword:"maximum"}); errors++;
}
if(data10 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/limit",keyword:"minimum"}); errors++;
}
}
}
if(data9.reservation !== undefined){
let data11 = data9.reservation;
if(!(Number.isInteger(data11))){
(vErrors ??= []).push({instancePath:instancePath+"/memory/reservation",keyword:"type"}); errors++;
}
if(typeof data11 == "number"){
if(data11 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/reservation",keyword:"maximum"}); errors++;
}
if(data11 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/reservation",keyword:"minimum"}); errors++;
}
}
}
if(data9.swap !== undefined){
let data12 = data9.swap;
if(!(Number.isInteger(data12))){
(vErrors ??= []).push({instancePath:instancePath+"/memory/swap",keyword:"type"}); errors++;
}
if(typeof data12 == "number"){
if(data12 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/swap",keyword:"maximum"}); errors++;
}
if(data12 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/swap",keyword:"minimum"}); errors++;
}
}
}
if(data9.kernel !== undefined){
let data13 = data9.kernel;
if(!(Number.isInteger(data13))){
(vErrors ??= []).push({instancePath:instancePath+"/memory/kernel",keyword:"type"}); errors++;
}
if(typeof data13 == "number"){
if(data13 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/kernel",keyword:"maximum"}); errors++;
}
if(data13 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/kernel",keyword:"minimum"}); errors++;
}
}
}
if(data9.kernelTCP !== undefined){
let data14 = data9.kernelTCP;
if(!(Number.isInteger(data14))){
(vErrors ??= []).push({instancePath:instancePath+"/memory/kernelTCP",keyword:"type"}); errors++;
}
if(typeof data14 == "number"){
if(data14 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/kernelTCP",keyword:"maximum"}); errors++;
}
if(data14 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/kernelTCP",keyword:"minimum"}); errors++;
}
}
}
if(data9.swappiness !== undefined){
let data15 = data9.swappiness;
if(!(Number.isInteger(data15))){
(vErrors ??= []).push({instancePath:instancePath+"/memory/swappiness",keyword:"type"}); errors++;
}
if(typeof data15 == "number"){
if(data15 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/memory/swappiness",keyword:"maximum"}); errors++;
}
if(data15 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/memory/swappiness",keyword:"minimum"}); errors++;
}
}
}
if(data9.disableOOMKiller !== undefined){
if(typeof data9.disableOOMKiller !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/memory/disableOOMKiller",keyword:"type"}); errors++;
}
}
if(data9.useHierarchy !== undefined){
if(typeof data9.useHierarchy !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/memory/useHierarchy",keyword:"type"}); errors++;
}
}
if(data9.checkBeforeUpdate !== undefined){
if(typeof data9.checkBeforeUpdate !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/memory/checkBeforeUpdate",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/memory",keyword:"type"}); errors++;
}
}
if(data.cpu !== undefined){
let data19 = data.cpu;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
for(const key5 in data19){
if(!(func2.call(schema11.properties.cpu.properties, key5))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu",keyword:"additionalProperties",params:{additionalProperty: key5}}); errors++;
}
}
if(data19.shares !== undefined){
let data20 = data19.shares;
if(!(Number.isInteger(data20))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/shares",keyword:"type"}); errors++;
}
if(typeof data20 == "number"){
if(data20 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/shares",keyword:"maximum"}); errors++;
}
if(data20 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/shares",keyword:"minimum"}); errors++;
}
}
}
if(data19.quota !== undefined){
let data21 = data19.quota;
if(!(Number.isInteger(data21))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/quota",keyword:"type"}); errors++;
}
if(typeof data21 == "number"){
if(data21 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/quota",keyword:"maximum"}); errors++;
}
if(data21 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/quota",keyword:"minimum"}); errors++;
}
}
}
if(data19.burst !== undefined){
let data22 = data19.burst;
if(!(Number.isInteger(data22))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/burst",keyword:"type"}); errors++;
}
if(typeof data22 == "number"){
if(data22 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/burst",keyword:"maximum"}); errors++;
}
if(data22 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/burst",keyword:"minimum"}); errors++;
}
}
}
if(data19.period !== undefined){
let data23 = data19.period;
if(!(Number.isInteger(data23))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/period",keyword:"type"}); errors++;
}
if(typeof data23 == "number"){
if(data23 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/period",keyword:"maximum"}); errors++;
}
if(data23 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/period",keyword:"minimum"}); errors++;
}
}
}
if(data19.realtimeRuntime !== undefined){
let data24 = data19.realtimeRuntime;
if(!(Number.isInteger(data24))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/realtimeRuntime",keyword:"type"}); errors++;
}
if(typeof data24 == "number"){
if(data24 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/realtimeRuntime",keyword:"maximum"}); errors++;
}
if(data24 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/realtimeRuntime",keyword:"minimum"}); errors++;
}
}
}
if(data19.realtimePeriod !== undefined){
let data25 = data19.realtimePeriod;
if(!(Number.isInteger(data25))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/realtimePeriod",keyword:"type"}); errors++;
}
if(typeof data25 == "number"){
if(data25 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/realtimePeriod",keyword:"maximum"}); errors++;
}
if(data25 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/realtimePeriod",keyword:"minimum"}); errors++;
}
}
}
if(data19.cpus !== undefined){
if(typeof data19.cpus !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/cpus",keyword:"type"}); errors++;
}
}
if(data19.mems !== undefined){
if(typeof data19.mems !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/mems",keyword:"type"}); errors++;
}
}
if(data19.idle !== undefined){
let data28 = data19.idle;
if(!(Number.isInteger(data28))){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/idle",keyword:"type"}); errors++;
}
if(typeof data28 == "number"){
if(data28 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/idle",keyword:"maximum"}); errors++;
}
if(data28 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/cpu/idle",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/cpu",keyword:"type"}); errors++;
}
}
if(data.pids !== undefined){
let data29 = data.pids;
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
if(data29.limit === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/pids",keyword:"required",params:{missingProperty: "limit"}}); errors++;
}
for(const key6 in data29){
if(!(key6 === "limit")){
(vErrors ??= []).push({instancePath:instancePath+"/pids",keyword:"additionalProperties",params:{additionalProperty: key6}}); errors++;
}
}
if(data29.limit !== undefined){
let data30 = data29.limit;
if(!(Number.isInteger(data30))){
(vErrors ??= []).push({instancePath:instancePath+"/pids/limit",keyword:"type"}); errors++;
}
if(typeof data30 == "number"){
if(data30 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/pids/limit",keyword:"maximum"}); errors++;
}
if(data30 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/pids/limit",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/pids",keyword:"type"}); errors++;
}
}
if(data.blockIO !== undefined){
let data31 = data.blockIO;
if(data31 && typeof data31 == "object" && !Array.isArray(data31)){
for(const key7 in data31){
if(!(((((((key7 === "weight") || (key7 === "leafWeight")) || (key7 === "weightDevice")) || (key7 === "throttleReadBpsDevice")) || (key7 === "throttleWriteBpsDevice")) || (key7 === "throttleReadIOPSDevice")) || (key7 === "throttleWriteIOPSDevice"))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO",keyword:"additionalProperties",params:{additionalProperty: key7}}); errors++;
}
}
if(data31.weight !== undefined){
let data32 = data31.weight;
if(!(Number.isInteger(data32))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weight",keyword:"type"}); errors++;
}
if(typeof data32 == "number"){
if(data32 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weight",keyword:"maximum"}); errors++;
}
if(data32 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weight",keyword:"minimum"}); errors++;
}
}
}
if(data31.leafWeight !== undefined){
let data33 = data31.leafWeight;
if(!(Number.isInteger(data33))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/leafWeight",keyword:"type"}); errors++;
}
if(typeof data33 == "number"){
if(data33 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/leafWeight",keyword:"maximum"}); errors++;
}
if(data33 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/leafWeight",keyword:"minimum"}); errors++;
}
}
}
if(data31.weightDevice !== undefined){
let data34 = data31.weightDevice;
if(Array.isArray(data34)){
const len1 = data34.length;
for(let i1=0; i1<len1; i1++){
let data35 = data34[i1];
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
if(data35.major === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1,keyword:"required",params:{missingProperty: "major"}}); errors++;
}
if(data35.minor === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1,keyword:"required",params:{missingProperty: "minor"}}); errors++;
}
for(const key8 in data35){
if(!((((key8 === "major") || (key8 === "minor")) || (key8 === "weight")) || (key8 === "leafWeight"))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1,keyword:"additionalProperties",params:{additionalProperty: key8}}); errors++;
}
}
if(data35.major !== undefined){
let data36 = data35.major;
if(!(Number.isInteger(data36))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/major",keyword:"type"}); errors++;
}
if(typeof data36 == "number"){
if(data36 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/major",keyword:"maximum"}); errors++;
}
if(data36 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/major",keyword:"minimum"}); errors++;
}
}
}
if(data35.minor !== undefined){
let data37 = data35.minor;
if(!(Number.isInteger(data37))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/minor",keyword:"type"}); errors++;
}
if(typeof data37 == "number"){
if(data37 > 9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/minor",keyword:"maximum"}); errors++;
}
if(data37 < -9223372036854776000){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/minor",keyword:"minimum"}); errors++;
}
}
}
if(data35.weight !== undefined){
let data38 = data35.weight;
if(!(Number.isInteger(data38))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/weight",keyword:"type"}); errors++;
}
if(typeof data38 == "number"){
if(data38 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/weight",keyword:"maximum"}); errors++;
}
if(data38 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/weight",keyword:"minimum"}); errors++;
}
}
}
if(data35.leafWeight !== undefined){
let data39 = data35.leafWeight;
if(!(Number.isInteger(data39))){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/leafWeight",keyword:"type"}); errors++;
}
if(typeof data39 == "number"){
if(data39 > 65535){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/leafWeight",keyword:"maximum"}); errors++;
}
if(data39 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1+"/leafWeight",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice/" + i1,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/blockIO/weightDevice",keyword:"type"}); errors++;
}
}
if(data31.throttleReadBpsDevice !== undefined){
if(!(validate48(data31.throttleReadBpsDevice, {instancePath:instancePath+"/blockIO/throttleReadBpsDevice",parentData:data31,parentDataProperty:"throttleReadBpsDevice",rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
if(data31.throttleWriteBpsDevice !== undefined){
if(!(validate48(data31.throttleWriteBpsDevice, {instancePath:instancePath+"/blockIO/throttleWriteBpsDevice",parentData:data31,parentDataProperty:"throttleWriteBpsDevice",rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
if(data31.throttleReadIOPSDevice !== undefined){
if(!(validate48(data31.throttleReadIOPSDevice, {instancePath:instancePath+"/blockIO/throttleReadIOPSDevice",parentData:data31,parentDataProperty:"throttleReadIOPSDevice",rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
if(data31.throttleWriteIOPSDevice !== undefined){
if(!(validate48(data31.throttleWriteIOPSDevice, {instancePath:instancePath+"/blockIO/throttleWriteIOPSDevice",parentData:data31,parentDataProperty:"throttleWriteIOPSDevice",rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/blockIO",keyword:"type"}); errors++;
}
}
if(data.hugepageLimits !== undefined){
let data44 = data.hugepageLimits;
if(Array.isArray(data44)){
const len2 = data44.length;
for(let i2=0; i2<len2; i2++){
let data45 = data44[i2];
if(data45 && typeof data45 == "object" && !Array.isArray(data45)){
if(data45.pageSize === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2,keyword:"required",params:{missingProperty: "pageSize"}}); errors++;
}
if(data45.limit === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2,keyword:"required",params:{missingProperty: "limit"}}); errors++;
}
for(const key9 in data45){
if(!((key9 === "pageSize") || (key9 === "limit"))){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2,keyword:"additionalProperties",params:{additionalProperty: key9}}); errors++;
}
}
if(data45.pageSize !== undefined){
let data46 = data45.pageSize;
if(typeof data46 === "string"){
if(!pattern9.test(data46)){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2+"/pageSize",keyword:"pattern"}); errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2+"/pageSize",keyword:"type"}); errors++;
}
}
if(data45.limit !== undefined){
let data47 = data45.limit;
if(!(Number.isInteger(data47))){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2+"/limit",keyword:"type"}); errors++;
}
if(typeof data47 == "number"){
if(data47 > 18446744073709552000){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2+"/limit",keyword:"maximum"}); errors++;
}
if(data47 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2+"/limit",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits/" + i2,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/hugepageLimits",keyword:"type"}); errors++;
}
}
if(data.network !== undefined){
let data48 = data.network;
if(data48 && typeof data48 == "object" && !Array.isArray(data48)){
for(const key10 in data48){
if(!((key10 === "classID") || (key10 === "priorities"))){
(vErrors ??= []).push({instancePath:instancePath+"/network",keyword:"additionalProperties",params:{additionalProperty: key10}}); errors++;
}
}
if(data48.classID !== undefined){
let data49 = data48.classID;
if(!(Number.isInteger(data49))){
(vErrors ??= []).push({instancePath:instancePath+"/network/classID",keyword:"type"}); errors++;
}
if(typeof data49 == "number"){
if(data49 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/network/classID",keyword:"maximum"}); errors++;
}
if(data49 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/network/classID",keyword:"minimum"}); errors++;
}
}
}
if(data48.priorities !== undefined){
let data50 = data48.priorities;
if(Array.isArray(data50)){
const len3 = data50.length;
for(let i3=0; i3<len3; i3++){
let data51 = data50[i3];
if(data51 && typeof data51 == "object" && !Array.isArray(data51)){
if(data51.name === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3,keyword:"required",params:{missingProperty: "name"}}); errors++;
}
if(data51.priority === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3,keyword:"required",params:{missingProperty: "priority"}}); errors++;
}
for(const key11 in data51){
if(!((key11 === "name") || (key11 === "priority"))){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3,keyword:"additionalProperties",params:{additionalProperty: key11}}); errors++;
}
}
if(data51.name !== undefined){
if(typeof data51.name !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3+"/name",keyword:"type"}); errors++;
}
}
if(data51.priority !== undefined){
let data53 = data51.priority;
if(!(Number.isInteger(data53))){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3+"/priority",keyword:"type"}); errors++;
}
if(typeof data53 == "number"){
if(data53 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3+"/priority",keyword:"maximum"}); errors++;
}
if(data53 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3+"/priority",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities/" + i3,keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/network/priorities",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/network",keyword:"type"}); errors++;
}
}
if(data.rdma !== undefined){
let data54 = data.rdma;
if(data54 && typeof data54 == "object" && !Array.isArray(data54)){
for(const key12 in data54){
const _errs119 = errors;
if(typeof key12 === "string"){
if(!pattern3.test(key12)){
(vErrors ??= []).push({instancePath:instancePath+"/rdma",keyword:"pattern",propertyName:key12}); errors++;
}
}
var valid20 = _errs119 === errors;
if(!valid20){
(vErrors ??= []).push({instancePath:instancePath+"/rdma",keyword:"propertyNames",params:{propertyName: key12}}); errors++;
}
}
for(const key13 in data54){
let data55 = data54[key13];
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
for(const key14 in data55){
if(!((key14 === "hcaHandles") || (key14 === "hcaObjects"))){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"additionalProperties",params:{additionalProperty: key14}}); errors++;
}
}
if(data55.hcaHandles !== undefined){
let data56 = data55.hcaHandles;
if(!(Number.isInteger(data56))){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/hcaHandles",keyword:"type"}); errors++;
}
if(typeof data56 == "number"){
if(data56 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/hcaHandles",keyword:"maximum"}); errors++;
}
if(data56 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/hcaHandles",keyword:"minimum"}); errors++;
}
}
}
if(data55.hcaObjects !== undefined){
let data57 = data55.hcaObjects;
if(!(Number.isInteger(data57))){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/hcaObjects",keyword:"type"}); errors++;
}
if(typeof data57 == "number"){
if(data57 > 4294967295){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/hcaObjects",keyword:"maximum"}); errors++;
}
if(data57 < 0){
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/hcaObjects",keyword:"minimum"}); errors++;
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/rdma/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/rdma",keyword:"type"}); errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type"}); errors++;
}
validate75.errors = vErrors;
return errors === 0;
}

