// Made by scripts/gen-spec.ts from src/oci/schema. Do not edit.
"use strict";
export const validateConfig = (data) => run(validate21, data);
const schema6 = {"properties":{"ociVersion":0,"root":0,"process":0,"hostname":0,"domainname":0,"mounts":0,"hooks":0,"annotations":0,"linux":0,"solaris":0,"windows":0,"vm":0,"zos":0,"freebsd":0}};
const func2 = Object.prototype.hasOwnProperty;

function validate22(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
fault(path, "required", "path");
}
for(const key0 in data){
if(!((key0 === "path") || (key0 === "readonly"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.path, "string", path+"/path");
simple(data.readonly, "boolean", path+"/readonly");
}
else {
fault(path, "type");
}
}

const schema8 = {"properties":{"terminal":0,"consoleSize":0,"user":0,"args":0,"commandLine":0,"env":0,"cwd":0,"capabilities":0,"rlimits":0,"noNewPrivileges":0,"apparmorProfile":0,"oomScoreAdj":0,"scheduler":0,"selinuxLabel":0,"ioPriority":0,"execCPUAffinity":0}};

function validate25(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.height === undefined){
fault(path, "required", "height");
}
if(data.width === undefined){
fault(path, "required", "width");
}
for(const key0 in data){
if(!((key0 === "height") || (key0 === "width"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.height, 0, 65535, path+"/height");
integer(data.width, 0, 65535, path+"/width");
}
else {
fault(path, "type");
}
}


function validate27(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "uid") || (key0 === "gid")) || (key0 === "umask")) || (key0 === "additionalGids")) || (key0 === "username"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.uid, 0, 4294967295, path+"/uid");
integer(data.gid, 0, 4294967295, path+"/gid");
integer(data.umask, 0, 511, path+"/umask");
if(data.additionalGids !== undefined){
let data3 = data.additionalGids;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(!(Number.isInteger(data4))){
fault(path+"/additionalGids/" + i0, "type");
}
if(typeof data4 == "number"){
if(data4 > 4294967295){
fault(path+"/additionalGids/" + i0, "maximum");
}
if(data4 < 0){
fault(path+"/additionalGids/" + i0, "minimum");
}
}
}
}
else {
fault(path+"/additionalGids", "type");
}
}
simple(data.username, "string", path+"/username");
}
else {
fault(path, "type");
}
}


function validate29(data, path){
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(typeof data[i0] !== "string"){
fault(path+"/" + i0, "type");
}
}
}
else {
fault(path, "type");
}
}


function validate32(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "bounding") || (key0 === "effective")) || (key0 === "inheritable")) || (key0 === "permitted")) || (key0 === "ambient"))){
fault(path, "additionalProperties", key0);
}
}
if(data.bounding !== undefined){
validate29(data.bounding, path+"/bounding");
}
if(data.effective !== undefined){
validate29(data.effective, path+"/effective");
}
if(data.inheritable !== undefined){
validate29(data.inheritable, path+"/inheritable");
}
if(data.permitted !== undefined){
validate29(data.permitted, path+"/permitted");
}
if(data.ambient !== undefined){
validate29(data.ambient, path+"/ambient");
}
}
else {
fault(path, "type");
}
}

const pattern0 = new RegExp("^RLIMIT_[A-Z]+$", "u");

function validate39(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
fault(path, "required", "type");
}
if(data.soft === undefined){
fault(path, "required", "soft");
}
if(data.hard === undefined){
fault(path, "required", "hard");
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "soft")) || (key0 === "hard"))){
fault(path, "additionalProperties", key0);
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
fault(path+"/type", "pattern");
}
}
else {
fault(path+"/type", "type");
}
}
integer(data.soft, 0, 18446744073709552000, path+"/soft");
integer(data.hard, 0, 18446744073709552000, path+"/hard");
}
else {
fault(path, "type");
}
}


function validate41(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.policy === undefined){
fault(path, "required", "policy");
}
for(const key0 in data){
if(!(((((((key0 === "policy") || (key0 === "nice")) || (key0 === "priority")) || (key0 === "flags")) || (key0 === "runtime")) || (key0 === "deadline")) || (key0 === "period"))){
fault(path, "additionalProperties", key0);
}
}
if(data.policy !== undefined){
let data0 = data.policy;
if(typeof data0 !== "string"){
fault(path+"/policy", "type");
}
if(!(((((((data0 === "SCHED_OTHER") || (data0 === "SCHED_FIFO")) || (data0 === "SCHED_RR")) || (data0 === "SCHED_BATCH")) || (data0 === "SCHED_ISO")) || (data0 === "SCHED_IDLE")) || (data0 === "SCHED_DEADLINE"))){
fault(path+"/policy", "enum");
}
}
integer(data.nice, -2147483648, 2147483647, path+"/nice");
integer(data.priority, -2147483648, 2147483647, path+"/priority");
if(data.flags !== undefined){
let data3 = data.flags;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 !== "string"){
fault(path+"/flags/" + i0, "type");
}
if(!(((((((data4 === "SCHED_FLAG_RESET_ON_FORK") || (data4 === "SCHED_FLAG_RECLAIM")) || (data4 === "SCHED_FLAG_DL_OVERRUN")) || (data4 === "SCHED_FLAG_KEEP_POLICY")) || (data4 === "SCHED_FLAG_KEEP_PARAMS")) || (data4 === "SCHED_FLAG_UTIL_CLAMP_MIN")) || (data4 === "SCHED_FLAG_UTIL_CLAMP_MAX"))){
fault(path+"/flags/" + i0, "enum");
}
}
}
else {
fault(path+"/flags", "type");
}
}
integer(data.runtime, 0, 18446744073709552000, path+"/runtime");
integer(data.deadline, 0, 18446744073709552000, path+"/deadline");
integer(data.period, 0, 18446744073709552000, path+"/period");
}
else {
fault(path, "type");
}
}


function validate43(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.class === undefined){
fault(path, "required", "class");
}
for(const key0 in data){
if(!((key0 === "class") || (key0 === "priority"))){
fault(path, "additionalProperties", key0);
}
}
if(data.class !== undefined){
let data0 = data.class;
if(typeof data0 !== "string"){
fault(path+"/class", "type");
}
if(!(((data0 === "IOPRIO_CLASS_RT") || (data0 === "IOPRIO_CLASS_BE")) || (data0 === "IOPRIO_CLASS_IDLE"))){
fault(path+"/class", "enum");
}
}
integer(data.priority, 0, 7, path+"/priority");
}
else {
fault(path, "type");
}
}

const pattern1 = new RegExp("^[0-9, -]*$", "u");

function validate45(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "initial") || (key0 === "final"))){
fault(path, "additionalProperties", key0);
}
}
if(data.initial !== undefined){
let data0 = data.initial;
if(typeof data0 === "string"){
if(!pattern1.test(data0)){
fault(path+"/initial", "pattern");
}
}
else {
fault(path+"/initial", "type");
}
}
if(data.final !== undefined){
let data1 = data.final;
if(typeof data1 === "string"){
if(!pattern1.test(data1)){
fault(path+"/final", "pattern");
}
}
else {
fault(path+"/final", "type");
}
}
}
else {
fault(path, "type");
}
}


function validate24(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.cwd === undefined){
fault(path, "required", "cwd");
}
for(const key0 in data){
if(!(func2.call(schema8.properties, key0))){
fault(path, "additionalProperties", key0);
}
}
simple(data.terminal, "boolean", path+"/terminal");
if(data.consoleSize !== undefined){
validate25(data.consoleSize, path+"/consoleSize");
}
if(data.user !== undefined){
validate27(data.user, path+"/user");
}
if(data.args !== undefined){
validate29(data.args, path+"/args");
}
simple(data.commandLine, "string", path+"/commandLine");
if(data.env !== undefined){
validate29(data.env, path+"/env");
}
simple(data.cwd, "string", path+"/cwd");
if(data.capabilities !== undefined){
validate32(data.capabilities, path+"/capabilities");
}
if(data.rlimits !== undefined){
let data8 = data.rlimits;
if(Array.isArray(data8)){
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
validate39(data8[i0], path+"/rlimits/" + i0);
}
}
else {
fault(path+"/rlimits", "type");
}
}
simple(data.noNewPrivileges, "boolean", path+"/noNewPrivileges");
simple(data.apparmorProfile, "string", path+"/apparmorProfile");
integer(data.oomScoreAdj, -1000, 1000, path+"/oomScoreAdj");
if(data.scheduler !== undefined){
validate41(data.scheduler, path+"/scheduler");
}
simple(data.selinuxLabel, "string", path+"/selinuxLabel");
if(data.ioPriority !== undefined){
validate43(data.ioPriority, path+"/ioPriority");
}
if(data.execCPUAffinity !== undefined){
validate45(data.execCPUAffinity, path+"/execCPUAffinity");
}
}
else {
fault(path, "type");
}
}

const pattern3 = new RegExp("^[^]", "u");

function validate51(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.containerID === undefined){
fault(path, "required", "containerID");
}
if(data.hostID === undefined){
fault(path, "required", "hostID");
}
if(data.size === undefined){
fault(path, "required", "size");
}
for(const key0 in data){
if(!(((key0 === "containerID") || (key0 === "hostID")) || (key0 === "size"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.containerID, 0, 4294967295, path+"/containerID");
integer(data.hostID, 0, 4294967295, path+"/hostID");
integer(data.size, 0, 4294967295, path+"/size");
}
else {
fault(path, "type");
}
}


function validate50(data, path){
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
validate51(data[i0], path+"/" + i0);
}
}
else {
fault(path, "type");
}
}


function validate48(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.destination === undefined){
fault(path, "required", "destination");
}
for(const key0 in data){
if(!((((((key0 === "destination") || (key0 === "type")) || (key0 === "source")) || (key0 === "options")) || (key0 === "uidMappings")) || (key0 === "gidMappings"))){
fault(path, "additionalProperties", key0);
}
}
if(data.destination !== undefined){
let data0 = data.destination;
if(typeof data0 === "string"){
if(!pattern3.test(data0)){
fault(path+"/destination", "pattern");
}
}
else {
fault(path+"/destination", "type");
}
}
simple(data.type, "string", path+"/type");
simple(data.source, "string", path+"/source");
if(data.options !== undefined){
validate29(data.options, path+"/options");
}
if(data.uidMappings !== undefined){
validate50(data.uidMappings, path+"/uidMappings");
}
if(data.gidMappings !== undefined){
validate50(data.gidMappings, path+"/gidMappings");
}
}
else {
fault(path, "type");
}
}


function validate58(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
fault(path, "required", "path");
}
for(const key0 in data){
if(!((((key0 === "path") || (key0 === "args")) || (key0 === "env")) || (key0 === "timeout"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.path, "string", path+"/path");
if(data.args !== undefined){
validate29(data.args, path+"/args");
}
if(data.env !== undefined){
validate29(data.env, path+"/env");
}
integer(data.timeout, 1, 9007199254740991, path+"/timeout");
}
else {
fault(path, "type");
}
}


function validate57(data, path){
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
validate58(data[i0], path+"/" + i0);
}
}
else {
fault(path, "type");
}
}


function validate56(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "prestart") || (key0 === "createRuntime")) || (key0 === "createContainer")) || (key0 === "startContainer")) || (key0 === "poststart")) || (key0 === "poststop"))){
fault(path, "additionalProperties", key0);
}
}
if(data.prestart !== undefined){
validate57(data.prestart, path+"/prestart");
}
if(data.createRuntime !== undefined){
validate57(data.createRuntime, path+"/createRuntime");
}
if(data.createContainer !== undefined){
validate57(data.createContainer, path+"/createContainer");
}
if(data.startContainer !== undefined){
validate57(data.startContainer, path+"/startContainer");
}
if(data.poststart !== undefined){
validate57(data.poststart, path+"/poststart");
}
if(data.poststop !== undefined){
validate57(data.poststop, path+"/poststop");
}
}
else {
fault(path, "type");
}
}

const schema23 = {"properties":{"namespaces":0,"uidMappings":0,"gidMappings":0,"timeOffsets":0,"devices":0,"netDevices":0,"cgroupsPath":0,"resources":0,"intelRdt":0,"memoryPolicy":0,"sysctl":0,"seccomp":0,"rootfsPropagation":0,"maskedPaths":0,"readonlyPaths":0,"mountLabel":0,"personality":0}};

function validate70(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
fault(path, "required", "type");
}
for(const key0 in data){
if(!((key0 === "type") || (key0 === "path"))){
fault(path, "additionalProperties", key0);
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
fault(path+"/type", "type");
}
if(!((((((((data0 === "pid") || (data0 === "network")) || (data0 === "mount")) || (data0 === "ipc")) || (data0 === "uts")) || (data0 === "user")) || (data0 === "cgroup")) || (data0 === "time"))){
fault(path+"/type", "enum");
}
}
simple(data.path, "string", path+"/path");
}
else {
fault(path, "type");
}
}


function validate75(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "secs") || (key0 === "nanosecs"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.secs, -9223372036854776000, 9223372036854776000, path+"/secs");
integer(data.nanosecs, 0, 999999999, path+"/nanosecs");
}
else {
fault(path, "type");
}
}


function validate77(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "secs") || (key0 === "nanosecs"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.secs, -9223372036854776000, 9223372036854776000, path+"/secs");
integer(data.nanosecs, 0, 999999999, path+"/nanosecs");
}
else {
fault(path, "type");
}
}


function validate74(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "monotonic") || (key0 === "boottime"))){
fault(path, "additionalProperties", key0);
}
}
if(data.monotonic !== undefined){
validate75(data.monotonic, path+"/monotonic");
}
if(data.boottime !== undefined){
validate77(data.boottime, path+"/boottime");
}
}
else {
fault(path, "type");
}
}

const pattern5 = new RegExp("^[cbup]$", "u");

function validate80(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
fault(path, "required", "type");
}
if(data.path === undefined){
fault(path, "required", "path");
}
for(const key0 in data){
if(!(((((((key0 === "type") || (key0 === "path")) || (key0 === "major")) || (key0 === "minor")) || (key0 === "fileMode")) || (key0 === "uid")) || (key0 === "gid"))){
fault(path, "additionalProperties", key0);
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 === "string"){
if(!pattern5.test(data0)){
fault(path+"/type", "pattern");
}
}
else {
fault(path+"/type", "type");
}
}
simple(data.path, "string", path+"/path");
integer(data.major, 0, 4095, path+"/major");
integer(data.minor, 0, 1048575, path+"/minor");
integer(data.fileMode, 0, 511, path+"/fileMode");
integer(data.uid, 0, 4294967295, path+"/uid");
integer(data.gid, 0, 4294967295, path+"/gid");
}
else {
fault(path, "type");
}
}


function validate82(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "name")){
fault(path, "additionalProperties", key0);
}
}
simple(data.name, "string", path+"/name");
}
else {
fault(path, "type");
}
}

const schema30 = {"properties":{"unified":0,"devices":0,"memory":0,"cpu":0,"pids":0,"blockIO":0,"hugepageLimits":0,"network":0,"rdma":0}};
const pattern8 = new RegExp("^[rwm]*$", "u");

function validate85(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.allow === undefined){
fault(path, "required", "allow");
}
for(const key0 in data){
if(!(((((key0 === "allow") || (key0 === "type")) || (key0 === "major")) || (key0 === "minor")) || (key0 === "access"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.allow, "boolean", path+"/allow");
if(data.type !== undefined){
let data1 = data.type;
if(typeof data1 !== "string"){
fault(path+"/type", "type");
}
if(!(((data1 === "a") || (data1 === "b")) || (data1 === "c"))){
fault(path+"/type", "enum");
}
}
integer(data.major, -9223372036854776000, 9223372036854776000, path+"/major");
integer(data.minor, -9223372036854776000, 9223372036854776000, path+"/minor");
if(data.access !== undefined){
let data4 = data.access;
if(typeof data4 === "string"){
if(!pattern8.test(data4)){
fault(path+"/access", "pattern");
}
}
else {
fault(path+"/access", "type");
}
}
}
else {
fault(path, "type");
}
}

const schema32 = {"properties":{"limit":0,"reservation":0,"swap":0,"kernel":0,"kernelTCP":0,"swappiness":0,"disableOOMKiller":0,"useHierarchy":0,"checkBeforeUpdate":0}};

function validate87(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema32.properties, key0))){
fault(path, "additionalProperties", key0);
}
}
integer(data.limit, -9223372036854776000, 9223372036854776000, path+"/limit");
integer(data.reservation, -9223372036854776000, 9223372036854776000, path+"/reservation");
integer(data.swap, -9223372036854776000, 9223372036854776000, path+"/swap");
integer(data.kernel, -9223372036854776000, 9223372036854776000, path+"/kernel");
integer(data.kernelTCP, -9223372036854776000, 9223372036854776000, path+"/kernelTCP");
integer(data.swappiness, 0, 18446744073709552000, path+"/swappiness");
simple(data.disableOOMKiller, "boolean", path+"/disableOOMKiller");
simple(data.useHierarchy, "boolean", path+"/useHierarchy");
simple(data.checkBeforeUpdate, "boolean", path+"/checkBeforeUpdate");
}
else {
fault(path, "type");
}
}

const schema33 = {"properties":{"shares":0,"quota":0,"burst":0,"period":0,"realtimeRuntime":0,"realtimePeriod":0,"cpus":0,"mems":0,"idle":0}};

function validate89(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema33.properties, key0))){
fault(path, "additionalProperties", key0);
}
}
integer(data.shares, 0, 18446744073709552000, path+"/shares");
integer(data.quota, -9223372036854776000, 9223372036854776000, path+"/quota");
integer(data.burst, 0, 18446744073709552000, path+"/burst");
integer(data.period, 0, 18446744073709552000, path+"/period");
integer(data.realtimeRuntime, -9223372036854776000, 9223372036854776000, path+"/realtimeRuntime");
integer(data.realtimePeriod, 0, 18446744073709552000, path+"/realtimePeriod");
simple(data.cpus, "string", path+"/cpus");
simple(data.mems, "string", path+"/mems");
integer(data.idle, -9223372036854776000, 9223372036854776000, path+"/idle");
}
else {
fault(path, "type");
}
}


function validate91(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.limit === undefined){
fault(path, "required", "limit");
}
for(const key0 in data){
if(!(key0 === "limit")){
fault(path, "additionalProperties", key0);
}
}
integer(data.limit, -9223372036854776000, 9223372036854776000, path+"/limit");
}
else {
fault(path, "type");
}
}


function validate94(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.major === undefined){
fault(path, "required", "major");
}
if(data.minor === undefined){
fault(path, "required", "minor");
}
for(const key0 in data){
if(!((((key0 === "major") || (key0 === "minor")) || (key0 === "weight")) || (key0 === "leafWeight"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.major, -9223372036854776000, 9223372036854776000, path+"/major");
integer(data.minor, -9223372036854776000, 9223372036854776000, path+"/minor");
integer(data.weight, 0, 65535, path+"/weight");
integer(data.leafWeight, 0, 65535, path+"/leafWeight");
}
else {
fault(path, "type");
}
}


function validate97(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.major === undefined){
fault(path, "required", "major");
}
if(data.minor === undefined){
fault(path, "required", "minor");
}
if(data.rate === undefined){
fault(path, "required", "rate");
}
for(const key0 in data){
if(!(((key0 === "major") || (key0 === "minor")) || (key0 === "rate"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.major, -9223372036854776000, 9223372036854776000, path+"/major");
integer(data.minor, -9223372036854776000, 9223372036854776000, path+"/minor");
integer(data.rate, 0, 18446744073709552000, path+"/rate");
}
else {
fault(path, "type");
}
}


function validate96(data, path){
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
validate97(data[i0], path+"/" + i0);
}
}
else {
fault(path, "type");
}
}


function validate93(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "weight") || (key0 === "leafWeight")) || (key0 === "weightDevice")) || (key0 === "throttleReadBpsDevice")) || (key0 === "throttleWriteBpsDevice")) || (key0 === "throttleReadIOPSDevice")) || (key0 === "throttleWriteIOPSDevice"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.weight, 0, 65535, path+"/weight");
integer(data.leafWeight, 0, 65535, path+"/leafWeight");
if(data.weightDevice !== undefined){
let data2 = data.weightDevice;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
validate94(data2[i0], path+"/weightDevice/" + i0);
}
}
else {
fault(path+"/weightDevice", "type");
}
}
if(data.throttleReadBpsDevice !== undefined){
validate96(data.throttleReadBpsDevice, path+"/throttleReadBpsDevice");
}
if(data.throttleWriteBpsDevice !== undefined){
validate96(data.throttleWriteBpsDevice, path+"/throttleWriteBpsDevice");
}
if(data.throttleReadIOPSDevice !== undefined){
validate96(data.throttleReadIOPSDevice, path+"/throttleReadIOPSDevice");
}
if(data.throttleWriteIOPSDevice !== undefined){
validate96(data.throttleWriteIOPSDevice, path+"/throttleWriteIOPSDevice");
}
}
else {
fault(path, "type");
}
}

const pattern9 = new RegExp("^[1-9][0-9]*[KMG]B$", "u");

function validate104(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.pageSize === undefined){
fault(path, "required", "pageSize");
}
if(data.limit === undefined){
fault(path, "required", "limit");
}
for(const key0 in data){
if(!((key0 === "pageSize") || (key0 === "limit"))){
fault(path, "additionalProperties", key0);
}
}
if(data.pageSize !== undefined){
let data0 = data.pageSize;
if(typeof data0 === "string"){
if(!pattern9.test(data0)){
fault(path+"/pageSize", "pattern");
}
}
else {
fault(path+"/pageSize", "type");
}
}
integer(data.limit, 0, 18446744073709552000, path+"/limit");
}
else {
fault(path, "type");
}
}


function validate107(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
fault(path, "required", "name");
}
if(data.priority === undefined){
fault(path, "required", "priority");
}
for(const key0 in data){
if(!((key0 === "name") || (key0 === "priority"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.name, "string", path+"/name");
integer(data.priority, 0, 4294967295, path+"/priority");
}
else {
fault(path, "type");
}
}


function validate106(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "classID") || (key0 === "priorities"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.classID, 0, 4294967295, path+"/classID");
if(data.priorities !== undefined){
let data1 = data.priorities;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
validate107(data1[i0], path+"/priorities/" + i0);
}
}
else {
fault(path+"/priorities", "type");
}
}
}
else {
fault(path, "type");
}
}


function validate110(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "hcaHandles") || (key0 === "hcaObjects"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.hcaHandles, 0, 4294967295, path+"/hcaHandles");
integer(data.hcaObjects, 0, 4294967295, path+"/hcaObjects");
}
else {
fault(path, "type");
}
}


function validate84(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema30.properties, key0))){
fault(path, "additionalProperties", key0);
}
}
if(data.unified !== undefined){
let data0 = data.unified;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(typeof key1 === "string"){
if(!pattern3.test(key1)){
fault(path+"/unified", "propertyNames");
}
}
}
for(const key2 in data0){
if(typeof data0[key2] !== "string"){
fault(path+"/unified/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "type");
}
}
}
else {
fault(path+"/unified", "type");
}
}
if(data.devices !== undefined){
let data2 = data.devices;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
validate85(data2[i0], path+"/devices/" + i0);
}
}
else {
fault(path+"/devices", "type");
}
}
if(data.memory !== undefined){
validate87(data.memory, path+"/memory");
}
if(data.cpu !== undefined){
validate89(data.cpu, path+"/cpu");
}
if(data.pids !== undefined){
validate91(data.pids, path+"/pids");
}
if(data.blockIO !== undefined){
validate93(data.blockIO, path+"/blockIO");
}
if(data.hugepageLimits !== undefined){
let data8 = data.hugepageLimits;
if(Array.isArray(data8)){
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
validate104(data8[i1], path+"/hugepageLimits/" + i1);
}
}
else {
fault(path+"/hugepageLimits", "type");
}
}
if(data.network !== undefined){
validate106(data.network, path+"/network");
}
if(data.rdma !== undefined){
let data11 = data.rdma;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key3 in data11){
if(typeof key3 === "string"){
if(!pattern3.test(key3)){
fault(path+"/rdma", "propertyNames");
}
}
}
for(const key4 in data11){
validate110(data11[key4], path+"/rdma/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"));
}
}
else {
fault(path+"/rdma", "type");
}
}
}
else {
fault(path, "type");
}
}

const pattern11 = new RegExp("^MB:[^\\n]*$", "u");

function validate113(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "closID") || (key0 === "schemata")) || (key0 === "l3CacheSchema")) || (key0 === "memBwSchema")) || (key0 === "enableMonitoring")) || (key0 === "enableCMT")) || (key0 === "enableMBM"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.closID, "string", path+"/closID");
if(data.schemata !== undefined){
validate29(data.schemata, path+"/schemata");
}
simple(data.l3CacheSchema, "string", path+"/l3CacheSchema");
if(data.memBwSchema !== undefined){
let data3 = data.memBwSchema;
if(typeof data3 === "string"){
if(!pattern11.test(data3)){
fault(path+"/memBwSchema", "pattern");
}
}
else {
fault(path+"/memBwSchema", "type");
}
}
simple(data.enableMonitoring, "boolean", path+"/enableMonitoring");
simple(data.enableCMT, "boolean", path+"/enableCMT");
simple(data.enableMBM, "boolean", path+"/enableMBM");
}
else {
fault(path, "type");
}
}


function validate116(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.mode === undefined){
fault(path, "required", "mode");
}
for(const key0 in data){
if(!(((key0 === "mode") || (key0 === "nodes")) || (key0 === "flags"))){
fault(path, "additionalProperties", key0);
}
}
if(data.mode !== undefined){
let data0 = data.mode;
if(typeof data0 !== "string"){
fault(path+"/mode", "type");
}
if(!(((((((data0 === "MPOL_DEFAULT") || (data0 === "MPOL_BIND")) || (data0 === "MPOL_INTERLEAVE")) || (data0 === "MPOL_WEIGHTED_INTERLEAVE")) || (data0 === "MPOL_PREFERRED")) || (data0 === "MPOL_PREFERRED_MANY")) || (data0 === "MPOL_LOCAL"))){
fault(path+"/mode", "enum");
}
}
simple(data.nodes, "string", path+"/nodes");
if(data.flags !== undefined){
let data2 = data.flags;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 !== "string"){
fault(path+"/flags/" + i0, "type");
}
if(!(((data3 === "MPOL_F_NUMA_BALANCING") || (data3 === "MPOL_F_RELATIVE_NODES")) || (data3 === "MPOL_F_STATIC_NODES"))){
fault(path+"/flags/" + i0, "enum");
}
}
}
else {
fault(path+"/flags", "type");
}
}
}
else {
fault(path, "type");
}
}


function validate120(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.index === undefined){
fault(path, "required", "index");
}
if(data.value === undefined){
fault(path, "required", "value");
}
if(data.op === undefined){
fault(path, "required", "op");
}
for(const key0 in data){
if(!((((key0 === "index") || (key0 === "value")) || (key0 === "valueTwo")) || (key0 === "op"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.index, 0, 5, path+"/index");
integer(data.value, 0, 18446744073709552000, path+"/value");
integer(data.valueTwo, 0, 18446744073709552000, path+"/valueTwo");
if(data.op !== undefined){
let data3 = data.op;
if(typeof data3 !== "string"){
fault(path+"/op", "type");
}
if(!(((((((data3 === "SCMP_CMP_NE") || (data3 === "SCMP_CMP_LT")) || (data3 === "SCMP_CMP_LE")) || (data3 === "SCMP_CMP_EQ")) || (data3 === "SCMP_CMP_GE")) || (data3 === "SCMP_CMP_GT")) || (data3 === "SCMP_CMP_MASKED_EQ"))){
fault(path+"/op", "enum");
}
}
}
else {
fault(path, "type");
}
}


function validate119(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.names === undefined){
fault(path, "required", "names");
}
if(data.action === undefined){
fault(path, "required", "action");
}
for(const key0 in data){
if(!((((key0 === "names") || (key0 === "action")) || (key0 === "errnoRet")) || (key0 === "args"))){
fault(path, "additionalProperties", key0);
}
}
if(data.names !== undefined){
let data0 = data.names;
if(Array.isArray(data0)){
if(data0.length < 1){
fault(path+"/names", "minItems");
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(typeof data0[i0] !== "string"){
fault(path+"/names/" + i0, "type");
}
}
}
else {
fault(path+"/names", "type");
}
}
if(data.action !== undefined){
let data2 = data.action;
if(typeof data2 !== "string"){
fault(path+"/action", "type");
}
if(!(((((((((data2 === "SCMP_ACT_KILL") || (data2 === "SCMP_ACT_KILL_PROCESS")) || (data2 === "SCMP_ACT_KILL_THREAD")) || (data2 === "SCMP_ACT_TRAP")) || (data2 === "SCMP_ACT_ERRNO")) || (data2 === "SCMP_ACT_TRACE")) || (data2 === "SCMP_ACT_ALLOW")) || (data2 === "SCMP_ACT_LOG")) || (data2 === "SCMP_ACT_NOTIFY"))){
fault(path+"/action", "enum");
}
}
integer(data.errnoRet, 0, 4294967295, path+"/errnoRet");
if(data.args !== undefined){
let data4 = data.args;
if(Array.isArray(data4)){
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
validate120(data4[i1], path+"/args/" + i1);
}
}
else {
fault(path+"/args", "type");
}
}
}
else {
fault(path, "type");
}
}


function validate118(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.defaultAction === undefined){
fault(path, "required", "defaultAction");
}
for(const key0 in data){
if(!(((((((key0 === "defaultAction") || (key0 === "defaultErrnoRet")) || (key0 === "architectures")) || (key0 === "flags")) || (key0 === "listenerPath")) || (key0 === "listenerMetadata")) || (key0 === "syscalls"))){
fault(path, "additionalProperties", key0);
}
}
if(data.defaultAction !== undefined){
let data0 = data.defaultAction;
if(typeof data0 !== "string"){
fault(path+"/defaultAction", "type");
}
if(!(((((((((data0 === "SCMP_ACT_KILL") || (data0 === "SCMP_ACT_KILL_PROCESS")) || (data0 === "SCMP_ACT_KILL_THREAD")) || (data0 === "SCMP_ACT_TRAP")) || (data0 === "SCMP_ACT_ERRNO")) || (data0 === "SCMP_ACT_TRACE")) || (data0 === "SCMP_ACT_ALLOW")) || (data0 === "SCMP_ACT_LOG")) || (data0 === "SCMP_ACT_NOTIFY"))){
fault(path+"/defaultAction", "enum");
}
}
integer(data.defaultErrnoRet, 0, 4294967295, path+"/defaultErrnoRet");
if(data.architectures !== undefined){
let data2 = data.architectures;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 !== "string"){
fault(path+"/architectures/" + i0, "type");
}
if(!(((((((((((((((((((((((data3 === "SCMP_ARCH_X86") || (data3 === "SCMP_ARCH_X86_64")) || (data3 === "SCMP_ARCH_X32")) || (data3 === "SCMP_ARCH_ARM")) || (data3 === "SCMP_ARCH_AARCH64")) || (data3 === "SCMP_ARCH_LOONGARCH64")) || (data3 === "SCMP_ARCH_M68K")) || (data3 === "SCMP_ARCH_MIPS")) || (data3 === "SCMP_ARCH_MIPS64")) || (data3 === "SCMP_ARCH_MIPS64N32")) || (data3 === "SCMP_ARCH_MIPSEL")) || (data3 === "SCMP_ARCH_MIPSEL64")) || (data3 === "SCMP_ARCH_MIPSEL64N32")) || (data3 === "SCMP_ARCH_PPC")) || (data3 === "SCMP_ARCH_PPC64")) || (data3 === "SCMP_ARCH_PPC64LE")) || (data3 === "SCMP_ARCH_S390")) || (data3 === "SCMP_ARCH_S390X")) || (data3 === "SCMP_ARCH_SH")) || (data3 === "SCMP_ARCH_SHEB")) || (data3 === "SCMP_ARCH_PARISC")) || (data3 === "SCMP_ARCH_PARISC64")) || (data3 === "SCMP_ARCH_RISCV64"))){
fault(path+"/architectures/" + i0, "enum");
}
}
}
else {
fault(path+"/architectures", "type");
}
}
if(data.flags !== undefined){
let data4 = data.flags;
if(Array.isArray(data4)){
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
if(typeof data5 !== "string"){
fault(path+"/flags/" + i1, "type");
}
if(!((((data5 === "SECCOMP_FILTER_FLAG_TSYNC") || (data5 === "SECCOMP_FILTER_FLAG_LOG")) || (data5 === "SECCOMP_FILTER_FLAG_SPEC_ALLOW")) || (data5 === "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"))){
fault(path+"/flags/" + i1, "enum");
}
}
}
else {
fault(path+"/flags", "type");
}
}
simple(data.listenerPath, "string", path+"/listenerPath");
simple(data.listenerMetadata, "string", path+"/listenerMetadata");
if(data.syscalls !== undefined){
let data8 = data.syscalls;
if(Array.isArray(data8)){
const len2 = data8.length;
for(let i2=0; i2<len2; i2++){
validate119(data8[i2], path+"/syscalls/" + i2);
}
}
else {
fault(path+"/syscalls", "type");
}
}
}
else {
fault(path, "type");
}
}


function validate126(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.domain === undefined){
fault(path, "required", "domain");
}
for(const key0 in data){
if(!((key0 === "domain") || (key0 === "flags"))){
fault(path, "additionalProperties", key0);
}
}
if(data.domain !== undefined){
let data0 = data.domain;
if(typeof data0 !== "string"){
fault(path+"/domain", "type");
}
if(!((data0 === "LINUX") || (data0 === "LINUX32"))){
fault(path+"/domain", "enum");
}
}
if(data.flags !== undefined){
validate29(data.flags, path+"/flags");
}
}
else {
fault(path, "type");
}
}


function validate69(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema23.properties, key0))){
fault(path, "additionalProperties", key0);
}
}
if(data.namespaces !== undefined){
let data0 = data.namespaces;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
validate70(data0[i0], path+"/namespaces/" + i0);
}
}
else {
fault(path+"/namespaces", "type");
}
}
if(data.uidMappings !== undefined){
validate50(data.uidMappings, path+"/uidMappings");
}
if(data.gidMappings !== undefined){
validate50(data.gidMappings, path+"/gidMappings");
}
if(data.timeOffsets !== undefined){
validate74(data.timeOffsets, path+"/timeOffsets");
}
if(data.devices !== undefined){
let data5 = data.devices;
if(Array.isArray(data5)){
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
validate80(data5[i1], path+"/devices/" + i1);
}
}
else {
fault(path+"/devices", "type");
}
}
if(data.netDevices !== undefined){
let data7 = data.netDevices;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key1 in data7){
if(typeof key1 === "string"){
if(!pattern3.test(key1)){
fault(path+"/netDevices", "propertyNames");
}
}
}
for(const key2 in data7){
validate82(data7[key2], path+"/netDevices/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"));
}
}
else {
fault(path+"/netDevices", "type");
}
}
simple(data.cgroupsPath, "string", path+"/cgroupsPath");
if(data.resources !== undefined){
validate84(data.resources, path+"/resources");
}
if(data.intelRdt !== undefined){
validate113(data.intelRdt, path+"/intelRdt");
}
if(data.memoryPolicy !== undefined){
validate116(data.memoryPolicy, path+"/memoryPolicy");
}
if(data.sysctl !== undefined){
let data13 = data.sysctl;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key3 in data13){
if(typeof key3 === "string"){
if(!pattern3.test(key3)){
fault(path+"/sysctl", "propertyNames");
}
}
}
for(const key4 in data13){
if(typeof data13[key4] !== "string"){
fault(path+"/sysctl/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), "type");
}
}
}
else {
fault(path+"/sysctl", "type");
}
}
if(data.seccomp !== undefined){
validate118(data.seccomp, path+"/seccomp");
}
if(data.rootfsPropagation !== undefined){
let data16 = data.rootfsPropagation;
if(typeof data16 !== "string"){
fault(path+"/rootfsPropagation", "type");
}
if(!((((((((data16 === "shared") || (data16 === "slave")) || (data16 === "private")) || (data16 === "unbindable")) || (data16 === "rshared")) || (data16 === "rslave")) || (data16 === "rprivate")) || (data16 === "runbindable"))){
fault(path+"/rootfsPropagation", "enum");
}
}
if(data.maskedPaths !== undefined){
validate29(data.maskedPaths, path+"/maskedPaths");
}
if(data.readonlyPaths !== undefined){
validate29(data.readonlyPaths, path+"/readonlyPaths");
}
simple(data.mountLabel, "string", path+"/mountLabel");
if(data.personality !== undefined){
validate126(data.personality, path+"/personality");
}
}
else {
fault(path, "type");
}
}


function validate131(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "ncpus")){
fault(path, "additionalProperties", key0);
}
}
simple(data.ncpus, "string", path+"/ncpus");
}
else {
fault(path, "type");
}
}


function validate133(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "physical") || (key0 === "swap"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.physical, "string", path+"/physical");
simple(data.swap, "string", path+"/swap");
}
else {
fault(path, "type");
}
}


function validate135(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "linkname") || (key0 === "lowerLink")) || (key0 === "allowedAddress")) || (key0 === "configureAllowedAddress")) || (key0 === "defrouter")) || (key0 === "macAddress")) || (key0 === "linkProtection"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.linkname, "string", path+"/linkname");
simple(data.lowerLink, "string", path+"/lowerLink");
simple(data.allowedAddress, "string", path+"/allowedAddress");
simple(data.configureAllowedAddress, "string", path+"/configureAllowedAddress");
simple(data.defrouter, "string", path+"/defrouter");
simple(data.macAddress, "string", path+"/macAddress");
simple(data.linkProtection, "string", path+"/linkProtection");
}
else {
fault(path, "type");
}
}


function validate130(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "milestone") || (key0 === "limitpriv")) || (key0 === "maxShmMemory")) || (key0 === "cappedCPU")) || (key0 === "cappedMemory")) || (key0 === "anet"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.milestone, "string", path+"/milestone");
simple(data.limitpriv, "string", path+"/limitpriv");
simple(data.maxShmMemory, "string", path+"/maxShmMemory");
if(data.cappedCPU !== undefined){
validate131(data.cappedCPU, path+"/cappedCPU");
}
if(data.cappedMemory !== undefined){
validate133(data.cappedMemory, path+"/cappedMemory");
}
if(data.anet !== undefined){
let data5 = data.anet;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
validate135(data5[i0], path+"/anet/" + i0);
}
}
else {
fault(path+"/anet", "type");
}
}
}
else {
fault(path, "type");
}
}


function validate139(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
fault(path, "required", "id");
}
if(data.idType === undefined){
fault(path, "required", "idType");
}
for(const key0 in data){
if(!((key0 === "id") || (key0 === "idType"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.id, "string", path+"/id");
if(data.idType !== undefined){
let data1 = data.idType;
if(typeof data1 !== "string"){
fault(path+"/idType", "type");
}
if(!(data1 === "class")){
fault(path+"/idType", "enum");
}
}
}
else {
fault(path, "type");
}
}


function validate142(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "limit")){
fault(path, "additionalProperties", key0);
}
}
integer(data.limit, 0, 18446744073709552000, path+"/limit");
}
else {
fault(path, "type");
}
}


function validate145(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "mask") || (key0 === "group"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.mask, 0, 18446744073709552000, path+"/mask");
integer(data.group, 0, 4294967295, path+"/group");
}
else {
fault(path, "type");
}
}


function validate144(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "count") || (key0 === "shares")) || (key0 === "maximum")) || (key0 === "affinity"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.count, 0, 18446744073709552000, path+"/count");
integer(data.shares, 0, 65535, path+"/shares");
integer(data.maximum, 0, 65535, path+"/maximum");
if(data.affinity !== undefined){
validate145(data.affinity, path+"/affinity");
}
}
else {
fault(path, "type");
}
}


function validate148(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "iops") || (key0 === "bps")) || (key0 === "sandboxSize"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.iops, 0, 18446744073709552000, path+"/iops");
integer(data.bps, 0, 18446744073709552000, path+"/bps");
integer(data.sandboxSize, 0, 18446744073709552000, path+"/sandboxSize");
}
else {
fault(path, "type");
}
}


function validate141(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "memory") || (key0 === "cpu")) || (key0 === "storage"))){
fault(path, "additionalProperties", key0);
}
}
if(data.memory !== undefined){
validate142(data.memory, path+"/memory");
}
if(data.cpu !== undefined){
validate144(data.cpu, path+"/cpu");
}
if(data.storage !== undefined){
validate148(data.storage, path+"/storage");
}
}
else {
fault(path, "type");
}
}


function validate151(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "endpointList") || (key0 === "allowUnqualifiedDNSQuery")) || (key0 === "DNSSearchList")) || (key0 === "networkSharedContainerName")) || (key0 === "networkNamespace"))){
fault(path, "additionalProperties", key0);
}
}
if(data.endpointList !== undefined){
validate29(data.endpointList, path+"/endpointList");
}
simple(data.allowUnqualifiedDNSQuery, "boolean", path+"/allowUnqualifiedDNSQuery");
if(data.DNSSearchList !== undefined){
validate29(data.DNSSearchList, path+"/DNSSearchList");
}
simple(data.networkSharedContainerName, "string", path+"/networkSharedContainerName");
simple(data.networkNamespace, "string", path+"/networkNamespace");
}
else {
fault(path, "type");
}
}


function validate155(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "utilityVMPath")){
fault(path, "additionalProperties", key0);
}
}
simple(data.utilityVMPath, "string", path+"/utilityVMPath");
}
else {
fault(path, "type");
}
}


function validate138(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.layerFolders === undefined){
fault(path, "required", "layerFolders");
}
for(const key0 in data){
if(!((((((((key0 === "layerFolders") || (key0 === "devices")) || (key0 === "resources")) || (key0 === "network")) || (key0 === "credentialSpec")) || (key0 === "servicing")) || (key0 === "ignoreFlushesDuringBoot")) || (key0 === "hyperv"))){
fault(path, "additionalProperties", key0);
}
}
if(data.layerFolders !== undefined){
let data0 = data.layerFolders;
if(Array.isArray(data0)){
if(data0.length < 1){
fault(path+"/layerFolders", "minItems");
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(typeof data0[i0] !== "string"){
fault(path+"/layerFolders/" + i0, "type");
}
}
}
else {
fault(path+"/layerFolders", "type");
}
}
if(data.devices !== undefined){
let data2 = data.devices;
if(Array.isArray(data2)){
const len1 = data2.length;
for(let i1=0; i1<len1; i1++){
validate139(data2[i1], path+"/devices/" + i1);
}
}
else {
fault(path+"/devices", "type");
}
}
if(data.resources !== undefined){
validate141(data.resources, path+"/resources");
}
if(data.network !== undefined){
validate151(data.network, path+"/network");
}
if(data.credentialSpec !== undefined){
let data6 = data.credentialSpec;
if(!(data6 && typeof data6 == "object" && !Array.isArray(data6))){
fault(path+"/credentialSpec", "type");
}
}
simple(data.servicing, "boolean", path+"/servicing");
simple(data.ignoreFlushesDuringBoot, "boolean", path+"/ignoreFlushesDuringBoot");
if(data.hyperv !== undefined){
validate155(data.hyperv, path+"/hyperv");
}
}
else {
fault(path, "type");
}
}


function validate159(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
fault(path, "required", "path");
}
for(const key0 in data){
if(!((key0 === "path") || (key0 === "parameters"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.path, "string", path+"/path");
if(data.parameters !== undefined){
validate29(data.parameters, path+"/parameters");
}
}
else {
fault(path, "type");
}
}


function validate162(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
fault(path, "required", "path");
}
for(const key0 in data){
if(!(((key0 === "path") || (key0 === "parameters")) || (key0 === "initrd"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.path, "string", path+"/path");
if(data.parameters !== undefined){
validate29(data.parameters, path+"/parameters");
}
simple(data.initrd, "string", path+"/initrd");
}
else {
fault(path, "type");
}
}


function validate165(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
fault(path, "required", "path");
}
if(data.format === undefined){
fault(path, "required", "format");
}
for(const key0 in data){
if(!((key0 === "path") || (key0 === "format"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.path, "string", path+"/path");
if(data.format !== undefined){
let data1 = data.format;
if(typeof data1 !== "string"){
fault(path+"/format", "type");
}
if(!(((((data1 === "raw") || (data1 === "qcow2")) || (data1 === "vdi")) || (data1 === "vmdk")) || (data1 === "vhd"))){
fault(path+"/format", "enum");
}
}
}
else {
fault(path, "type");
}
}


function validate169(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.firstMFN === undefined){
fault(path, "required", "firstMFN");
}
if(data.nrMFNs === undefined){
fault(path, "required", "nrMFNs");
}
for(const key0 in data){
if(!(((key0 === "firstGFN") || (key0 === "firstMFN")) || (key0 === "nrMFNs"))){
fault(path, "additionalProperties", key0);
}
}
integer(data.firstGFN, 0, 18446744073709552000, path+"/firstGFN");
integer(data.firstMFN, 0, 18446744073709552000, path+"/firstMFN");
integer(data.nrMFNs, 0, 18446744073709552000, path+"/nrMFNs");
}
else {
fault(path, "type");
}
}


function validate167(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "deviceTree") || (key0 === "vcpus")) || (key0 === "memory")) || (key0 === "dtdevs")) || (key0 === "iomems")) || (key0 === "irqs"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.deviceTree, "string", path+"/deviceTree");
integer(data.vcpus, 0, 4294967295, path+"/vcpus");
integer(data.memory, 0, 18446744073709552000, path+"/memory");
if(data.dtdevs !== undefined){
validate29(data.dtdevs, path+"/dtdevs");
}
if(data.iomems !== undefined){
let data4 = data.iomems;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
validate169(data4[i0], path+"/iomems/" + i0);
}
}
else {
fault(path+"/iomems", "type");
}
}
if(data.irqs !== undefined){
let data6 = data.irqs;
if(Array.isArray(data6)){
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
let data7 = data6[i1];
if(!(Number.isInteger(data7))){
fault(path+"/irqs/" + i1, "type");
}
if(typeof data7 == "number"){
if(data7 > 4294967295){
fault(path+"/irqs/" + i1, "maximum");
}
if(data7 < 0){
fault(path+"/irqs/" + i1, "minimum");
}
}
}
}
else {
fault(path+"/irqs", "type");
}
}
}
else {
fault(path, "type");
}
}


function validate158(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.kernel === undefined){
fault(path, "required", "kernel");
}
for(const key0 in data){
if(!((((key0 === "hypervisor") || (key0 === "kernel")) || (key0 === "image")) || (key0 === "hwConfig"))){
fault(path, "additionalProperties", key0);
}
}
if(data.hypervisor !== undefined){
validate159(data.hypervisor, path+"/hypervisor");
}
if(data.kernel !== undefined){
validate162(data.kernel, path+"/kernel");
}
if(data.image !== undefined){
validate165(data.image, path+"/image");
}
if(data.hwConfig !== undefined){
validate167(data.hwConfig, path+"/hwConfig");
}
}
else {
fault(path, "type");
}
}


function validate174(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
fault(path, "required", "type");
}
for(const key0 in data){
if(!((key0 === "type") || (key0 === "path"))){
fault(path, "additionalProperties", key0);
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
fault(path+"/type", "type");
}
if(!((((data0 === "mount") || (data0 === "pid")) || (data0 === "uts")) || (data0 === "ipc"))){
fault(path+"/type", "enum");
}
}
simple(data.path, "string", path+"/path");
}
else {
fault(path, "type");
}
}


function validate173(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "namespaces")){
fault(path, "additionalProperties", key0);
}
}
if(data.namespaces !== undefined){
let data0 = data.namespaces;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
validate174(data0[i0], path+"/namespaces/" + i0);
}
}
else {
fault(path+"/namespaces", "type");
}
}
}
else {
fault(path, "type");
}
}


function validate178(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "path") || (key0 === "mode"))){
fault(path, "additionalProperties", key0);
}
}
simple(data.path, "string", path+"/path");
integer(data.mode, 0, 511, path+"/mode");
}
else {
fault(path, "type");
}
}

const schema72 = {"properties":{"parent":0,"host":0,"ip4":0,"ip4Addr":0,"ip6":0,"ip6Addr":0,"vnet":0,"interface":0,"vnetInterfaces":0,"sysvmsg":0,"sysvsem":0,"sysvshm":0,"enforceStatfs":0,"allow":0}};
const schema73 = {"properties":{"setHostname":0,"rawSockets":0,"chflags":0,"mount":0,"quotas":0,"socketAf":0,"mlock":0,"reservedPorts":0,"suser":0}};

function validate184(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema73.properties, key0))){
fault(path, "additionalProperties", key0);
}
}
simple(data.setHostname, "boolean", path+"/setHostname");
simple(data.rawSockets, "boolean", path+"/rawSockets");
simple(data.chflags, "boolean", path+"/chflags");
if(data.mount !== undefined){
validate29(data.mount, path+"/mount");
}
simple(data.quotas, "boolean", path+"/quotas");
simple(data.socketAf, "boolean", path+"/socketAf");
simple(data.mlock, "boolean", path+"/mlock");
simple(data.reservedPorts, "boolean", path+"/reservedPorts");
simple(data.suser, "boolean", path+"/suser");
}
else {
fault(path, "type");
}
}


function validate180(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema72.properties, key0))){
fault(path, "additionalProperties", key0);
}
}
simple(data.parent, "string", path+"/parent");
if(data.host !== undefined){
let data1 = data.host;
if(typeof data1 !== "string"){
fault(path+"/host", "type");
}
if(!((data1 === "new") || (data1 === "inherit"))){
fault(path+"/host", "enum");
}
}
if(data.ip4 !== undefined){
let data2 = data.ip4;
if(typeof data2 !== "string"){
fault(path+"/ip4", "type");
}
if(!(((data2 === "disable") || (data2 === "new")) || (data2 === "inherit"))){
fault(path+"/ip4", "enum");
}
}
if(data.ip4Addr !== undefined){
validate29(data.ip4Addr, path+"/ip4Addr");
}
if(data.ip6 !== undefined){
let data4 = data.ip6;
if(typeof data4 !== "string"){
fault(path+"/ip6", "type");
}
if(!(((data4 === "disable") || (data4 === "new")) || (data4 === "inherit"))){
fault(path+"/ip6", "enum");
}
}
if(data.ip6Addr !== undefined){
validate29(data.ip6Addr, path+"/ip6Addr");
}
if(data.vnet !== undefined){
let data6 = data.vnet;
if(typeof data6 !== "string"){
fault(path+"/vnet", "type");
}
if(!((data6 === "new") || (data6 === "inherit"))){
fault(path+"/vnet", "enum");
}
}
simple(data.interface, "string", path+"/interface");
if(data.vnetInterfaces !== undefined){
validate29(data.vnetInterfaces, path+"/vnetInterfaces");
}
if(data.sysvmsg !== undefined){
let data9 = data.sysvmsg;
if(typeof data9 !== "string"){
fault(path+"/sysvmsg", "type");
}
if(!(((data9 === "disable") || (data9 === "new")) || (data9 === "inherit"))){
fault(path+"/sysvmsg", "enum");
}
}
if(data.sysvsem !== undefined){
let data10 = data.sysvsem;
if(typeof data10 !== "string"){
fault(path+"/sysvsem", "type");
}
if(!(((data10 === "disable") || (data10 === "new")) || (data10 === "inherit"))){
fault(path+"/sysvsem", "enum");
}
}
if(data.sysvshm !== undefined){
let data11 = data.sysvshm;
if(typeof data11 !== "string"){
fault(path+"/sysvshm", "type");
}
if(!(((data11 === "disable") || (data11 === "new")) || (data11 === "inherit"))){
fault(path+"/sysvshm", "enum");
}
}
integer(data.enforceStatfs, 0, 255, path+"/enforceStatfs");
if(data.allow !== undefined){
validate184(data.allow, path+"/allow");
}
}
else {
fault(path, "type");
}
}


function validate177(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "devices") || (key0 === "jail"))){
fault(path, "additionalProperties", key0);
}
}
if(data.devices !== undefined){
let data0 = data.devices;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
validate178(data0[i0], path+"/devices/" + i0);
}
}
else {
fault(path+"/devices", "type");
}
}
if(data.jail !== undefined){
validate180(data.jail, path+"/jail");
}
}
else {
fault(path, "type");
}
}


function validate21(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.ociVersion === undefined){
fault(path, "required", "ociVersion");
}
for(const key0 in data){
if(!(func2.call(schema6.properties, key0))){
fault(path, "additionalProperties", key0);
}
}
simple(data.ociVersion, "string", path+"/ociVersion");
if(data.root !== undefined){
validate22(data.root, path+"/root");
}
if(data.process !== undefined){
validate24(data.process, path+"/process");
}
simple(data.hostname, "string", path+"/hostname");
simple(data.domainname, "string", path+"/domainname");
if(data.mounts !== undefined){
let data5 = data.mounts;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
validate48(data5[i0], path+"/mounts/" + i0);
}
}
else {
fault(path+"/mounts", "type");
}
}
if(data.hooks !== undefined){
validate56(data.hooks, path+"/hooks");
}
if(data.annotations !== undefined){
let data8 = data.annotations;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key1 in data8){
if(typeof key1 === "string"){
if(!pattern3.test(key1)){
fault(path+"/annotations", "propertyNames");
}
}
}
for(const key2 in data8){
if(typeof data8[key2] !== "string"){
fault(path+"/annotations/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "type");
}
}
}
else {
fault(path+"/annotations", "type");
}
}
if(data.linux !== undefined){
validate69(data.linux, path+"/linux");
}
if(data.solaris !== undefined){
validate130(data.solaris, path+"/solaris");
}
if(data.windows !== undefined){
validate138(data.windows, path+"/windows");
}
if(data.vm !== undefined){
validate158(data.vm, path+"/vm");
}
if(data.zos !== undefined){
validate173(data.zos, path+"/zos");
}
if(data.freebsd !== undefined){
validate177(data.freebsd, path+"/freebsd");
}
}
else {
fault(path, "type");
}
}

export const validateProcess = (data) => run(validate189, data);

function validate189(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.cwd === undefined){
fault(path, "required", "cwd");
}
for(const key0 in data){
if(!(func2.call(schema8.properties, key0))){
fault(path, "additionalProperties", key0);
}
}
simple(data.terminal, "boolean", path+"/terminal");
if(data.consoleSize !== undefined){
validate25(data.consoleSize, path+"/consoleSize");
}
if(data.user !== undefined){
validate27(data.user, path+"/user");
}
if(data.args !== undefined){
validate29(data.args, path+"/args");
}
simple(data.commandLine, "string", path+"/commandLine");
if(data.env !== undefined){
validate29(data.env, path+"/env");
}
simple(data.cwd, "string", path+"/cwd");
if(data.capabilities !== undefined){
validate32(data.capabilities, path+"/capabilities");
}
if(data.rlimits !== undefined){
let data8 = data.rlimits;
if(Array.isArray(data8)){
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
validate39(data8[i0], path+"/rlimits/" + i0);
}
}
else {
fault(path+"/rlimits", "type");
}
}
simple(data.noNewPrivileges, "boolean", path+"/noNewPrivileges");
simple(data.apparmorProfile, "string", path+"/apparmorProfile");
integer(data.oomScoreAdj, -1000, 1000, path+"/oomScoreAdj");
if(data.scheduler !== undefined){
validate41(data.scheduler, path+"/scheduler");
}
simple(data.selinuxLabel, "string", path+"/selinuxLabel");
if(data.ioPriority !== undefined){
validate43(data.ioPriority, path+"/ioPriority");
}
if(data.execCPUAffinity !== undefined){
validate45(data.execCPUAffinity, path+"/execCPUAffinity");
}
}
else {
fault(path, "type");
}
}

export const validateResources = (data) => run(validate199, data);

function validate199(data, path){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema30.properties, key0))){
fault(path, "additionalProperties", key0);
}
}
if(data.unified !== undefined){
let data0 = data.unified;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(typeof key1 === "string"){
if(!pattern3.test(key1)){
fault(path+"/unified", "propertyNames");
}
}
}
for(const key2 in data0){
if(typeof data0[key2] !== "string"){
fault(path+"/unified/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "type");
}
}
}
else {
fault(path+"/unified", "type");
}
}
if(data.devices !== undefined){
let data2 = data.devices;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
validate85(data2[i0], path+"/devices/" + i0);
}
}
else {
fault(path+"/devices", "type");
}
}
if(data.memory !== undefined){
validate87(data.memory, path+"/memory");
}
if(data.cpu !== undefined){
validate89(data.cpu, path+"/cpu");
}
if(data.pids !== undefined){
validate91(data.pids, path+"/pids");
}
if(data.blockIO !== undefined){
validate93(data.blockIO, path+"/blockIO");
}
if(data.hugepageLimits !== undefined){
let data8 = data.hugepageLimits;
if(Array.isArray(data8)){
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
validate104(data8[i1], path+"/hugepageLimits/" + i1);
}
}
else {
fault(path+"/hugepageLimits", "type");
}
}
if(data.network !== undefined){
validate106(data.network, path+"/network");
}
if(data.rdma !== undefined){
let data11 = data.rdma;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key3 in data11){
if(typeof key3 === "string"){
if(!pattern3.test(key3)){
fault(path+"/rdma", "propertyNames");
}
}
}
for(const key4 in data11){
validate110(data11[key4], path+"/rdma/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"));
}
}
else {
fault(path+"/rdma", "type");
}
}
}
else {
fault(path, "type");
}
}

export const MOST_ERRORS = 2000;
let faults;
function run(validate, data) {
faults = [];
validate(data, "");
return faults;
}
function fault(instancePath, keyword, name) {
if (faults.length < (keyword === "additionalProperties" ? 1000 : MOST_ERRORS)) faults.push({ instancePath, keyword, name });
}
function simple(value, type, path) {
if (value !== undefined && typeof value !== type) fault(path, "type");
}
function integer(value, least, most, path) {
if (value === undefined) return;
if (!Number.isInteger(value)) fault(path, "type");
else if (value > most) fault(path, "maximum");
else if (value < least) fault(path, "minimum");
}
