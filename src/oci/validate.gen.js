// Made by scripts/gen-spec.ts from src/oci/schema. Do not edit.
"use strict";
export const validateConfig = validate21;
const schema6 = {"type":"object","properties":{"ociVersion":{"type":"string"},"root":{"$ref":"#/definitions/config.root"},"process":{"$ref":"#/definitions/process"},"hostname":{"type":"string"},"domainname":{"type":"string"},"mounts":{"type":"array","items":{"$ref":"#/definitions/config.mounts.items"}},"hooks":{"$ref":"#/definitions/config.hooks"},"annotations":{"type":"object","additionalProperties":{"type":"string"},"propertyNames":{"pattern":"^[^]"}},"linux":{"$ref":"#/definitions/config.linux"},"solaris":{"$ref":"#/definitions/config.solaris"},"windows":{"$ref":"#/definitions/config.windows"},"vm":{"$ref":"#/definitions/config.vm"},"zos":{"$ref":"#/definitions/config.zos"},"freebsd":{"$ref":"#/definitions/config.freebsd"}},"required":["ociVersion"],"additionalProperties":false};
const func2 = Object.prototype.hasOwnProperty;
const schema7 = {"type":"object","properties":{"path":{"type":"string"},"readonly":{"type":"boolean"}},"required":["path"],"additionalProperties":false};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "path"}}); errors++;
}
for(const key0 in data){
if(!((key0 === "path") || (key0 === "readonly"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.path !== undefined){
if(typeof data.path !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/path",keyword:"type"}); errors++;
}
}
if(data.readonly !== undefined){
if(typeof data.readonly !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/readonly",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

const schema8 = {"type":"object","properties":{"terminal":{"type":"boolean"},"consoleSize":{"$ref":"#/definitions/process.consoleSize"},"user":{"$ref":"#/definitions/process.user"},"args":{"$ref":"#/definitions/strings"},"commandLine":{"type":"string"},"env":{"$ref":"#/definitions/strings"},"cwd":{"type":"string"},"capabilities":{"$ref":"#/definitions/process.capabilities"},"rlimits":{"type":"array","items":{"$ref":"#/definitions/process.rlimits.items"}},"noNewPrivileges":{"type":"boolean"},"apparmorProfile":{"type":"string"},"oomScoreAdj":{"type":"integer","minimum":-1000,"maximum":1000},"scheduler":{"$ref":"#/definitions/process.scheduler"},"selinuxLabel":{"type":"string"},"ioPriority":{"$ref":"#/definitions/process.ioPriority"},"execCPUAffinity":{"$ref":"#/definitions/process.execCPUAffinity"}},"required":["cwd"],"additionalProperties":false};
const schema9 = {"type":"object","properties":{"height":{"type":"integer","minimum":0,"maximum":65535},"width":{"type":"integer","minimum":0,"maximum":65535}},"required":["height","width"],"additionalProperties":false};

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.height === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "height"}}); errors++;
}
if(data.width === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "width"}}); errors++;
}
for(const key0 in data){
if(!((key0 === "height") || (key0 === "width"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.height !== undefined){
let data0 = data.height;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/height",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 65535){
vErrors = add(vErrors, {instancePath:instancePath+"/height",keyword:"maximum"}); errors++;
}
if(data0 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/height",keyword:"minimum"}); errors++;
}
}
}
if(data.width !== undefined){
let data1 = data.width;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/width",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 65535){
vErrors = add(vErrors, {instancePath:instancePath+"/width",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/width",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate25.errors = vErrors;
return errors === 0;
}

const schema10 = {"type":"object","properties":{"uid":{"type":"integer","minimum":0,"maximum":4294967295},"gid":{"type":"integer","minimum":0,"maximum":4294967295},"umask":{"type":"integer","minimum":0,"maximum":511,"description":"a file mode in decimal, 0 to 511 (octal 777)"},"additionalGids":{"type":"array","items":{"type":"integer","minimum":0,"maximum":4294967295}},"username":{"type":"string"}},"required":[],"additionalProperties":false};

function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "uid") || (key0 === "gid")) || (key0 === "umask")) || (key0 === "additionalGids")) || (key0 === "username"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.uid !== undefined){
let data0 = data.uid;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/uid",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/uid",keyword:"maximum"}); errors++;
}
if(data0 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/uid",keyword:"minimum"}); errors++;
}
}
}
if(data.gid !== undefined){
let data1 = data.gid;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/gid",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/gid",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/gid",keyword:"minimum"}); errors++;
}
}
}
if(data.umask !== undefined){
let data2 = data.umask;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/umask",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 511){
vErrors = add(vErrors, {instancePath:instancePath+"/umask",keyword:"maximum"}); errors++;
}
if(data2 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/umask",keyword:"minimum"}); errors++;
}
}
}
if(data.additionalGids !== undefined){
let data3 = data.additionalGids;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(!(Number.isInteger(data4))){
vErrors = add(vErrors, {instancePath:instancePath+"/additionalGids/" + i0,keyword:"type"}); errors++;
}
if(typeof data4 == "number"){
if(data4 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/additionalGids/" + i0,keyword:"maximum"}); errors++;
}
if(data4 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/additionalGids/" + i0,keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/additionalGids",keyword:"type"}); errors++;
}
}
if(data.username !== undefined){
if(typeof data.username !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/username",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate27.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":"array","items":{"type":"string"}};

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(typeof data[i0] !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/" + i0,keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate29.errors = vErrors;
return errors === 0;
}

const schema12 = {"type":"object","properties":{"bounding":{"$ref":"#/definitions/strings"},"effective":{"$ref":"#/definitions/strings"},"inheritable":{"$ref":"#/definitions/strings"},"permitted":{"$ref":"#/definitions/strings"},"ambient":{"$ref":"#/definitions/strings"}},"required":[],"additionalProperties":false};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "bounding") || (key0 === "effective")) || (key0 === "inheritable")) || (key0 === "permitted")) || (key0 === "ambient"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.bounding !== undefined){
if(!(validate29(data.bounding, {instancePath:instancePath+"/bounding",parentData:data,parentDataProperty:"bounding",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.effective !== undefined){
if(!(validate29(data.effective, {instancePath:instancePath+"/effective",parentData:data,parentDataProperty:"effective",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.inheritable !== undefined){
if(!(validate29(data.inheritable, {instancePath:instancePath+"/inheritable",parentData:data,parentDataProperty:"inheritable",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.permitted !== undefined){
if(!(validate29(data.permitted, {instancePath:instancePath+"/permitted",parentData:data,parentDataProperty:"permitted",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.ambient !== undefined){
if(!(validate29(data.ambient, {instancePath:instancePath+"/ambient",parentData:data,parentDataProperty:"ambient",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate32.errors = vErrors;
return errors === 0;
}

const schema13 = {"type":"object","properties":{"type":{"type":"string","pattern":"^RLIMIT_[A-Z]+$","description":"a name such as \"RLIMIT_NOFILE\""},"soft":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"hard":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["type","soft","hard"],"additionalProperties":false};
const pattern0 = new RegExp("^RLIMIT_[A-Z]+$", "u");

function validate39(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "type"}}); errors++;
}
if(data.soft === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "soft"}}); errors++;
}
if(data.hard === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "hard"}}); errors++;
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "soft")) || (key0 === "hard"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
vErrors = add(vErrors, {instancePath:instancePath+"/type",keyword:"pattern"}); errors++;
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/type",keyword:"type"}); errors++;
}
}
if(data.soft !== undefined){
let data1 = data.soft;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/soft",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/soft",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/soft",keyword:"minimum"}); errors++;
}
}
}
if(data.hard !== undefined){
let data2 = data.hard;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/hard",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/hard",keyword:"maximum"}); errors++;
}
if(data2 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/hard",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate39.errors = vErrors;
return errors === 0;
}

const schema14 = {"type":"object","properties":{"policy":{"type":"string","enum":["SCHED_OTHER","SCHED_FIFO","SCHED_RR","SCHED_BATCH","SCHED_ISO","SCHED_IDLE","SCHED_DEADLINE"]},"nice":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"priority":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"flags":{"type":"array","items":{"type":"string","enum":["SCHED_FLAG_RESET_ON_FORK","SCHED_FLAG_RECLAIM","SCHED_FLAG_DL_OVERRUN","SCHED_FLAG_KEEP_POLICY","SCHED_FLAG_KEEP_PARAMS","SCHED_FLAG_UTIL_CLAMP_MIN","SCHED_FLAG_UTIL_CLAMP_MAX"]}},"runtime":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"deadline":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"period":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["policy"],"additionalProperties":false};

function validate41(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.policy === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "policy"}}); errors++;
}
for(const key0 in data){
if(!(((((((key0 === "policy") || (key0 === "nice")) || (key0 === "priority")) || (key0 === "flags")) || (key0 === "runtime")) || (key0 === "deadline")) || (key0 === "period"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.policy !== undefined){
let data0 = data.policy;
if(typeof data0 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/policy",keyword:"type"}); errors++;
}
if(!(((((((data0 === "SCHED_OTHER") || (data0 === "SCHED_FIFO")) || (data0 === "SCHED_RR")) || (data0 === "SCHED_BATCH")) || (data0 === "SCHED_ISO")) || (data0 === "SCHED_IDLE")) || (data0 === "SCHED_DEADLINE"))){
vErrors = add(vErrors, {instancePath:instancePath+"/policy",keyword:"enum"}); errors++;
}
}
if(data.nice !== undefined){
let data1 = data.nice;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/nice",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 2147483647){
vErrors = add(vErrors, {instancePath:instancePath+"/nice",keyword:"maximum"}); errors++;
}
if(data1 < -2147483648){
vErrors = add(vErrors, {instancePath:instancePath+"/nice",keyword:"minimum"}); errors++;
}
}
}
if(data.priority !== undefined){
let data2 = data.priority;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/priority",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 2147483647){
vErrors = add(vErrors, {instancePath:instancePath+"/priority",keyword:"maximum"}); errors++;
}
if(data2 < -2147483648){
vErrors = add(vErrors, {instancePath:instancePath+"/priority",keyword:"minimum"}); errors++;
}
}
}
if(data.flags !== undefined){
let data3 = data.flags;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/flags/" + i0,keyword:"type"}); errors++;
}
if(!(((((((data4 === "SCHED_FLAG_RESET_ON_FORK") || (data4 === "SCHED_FLAG_RECLAIM")) || (data4 === "SCHED_FLAG_DL_OVERRUN")) || (data4 === "SCHED_FLAG_KEEP_POLICY")) || (data4 === "SCHED_FLAG_KEEP_PARAMS")) || (data4 === "SCHED_FLAG_UTIL_CLAMP_MIN")) || (data4 === "SCHED_FLAG_UTIL_CLAMP_MAX"))){
vErrors = add(vErrors, {instancePath:instancePath+"/flags/" + i0,keyword:"enum"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/flags",keyword:"type"}); errors++;
}
}
if(data.runtime !== undefined){
let data5 = data.runtime;
if(!(Number.isInteger(data5))){
vErrors = add(vErrors, {instancePath:instancePath+"/runtime",keyword:"type"}); errors++;
}
if(typeof data5 == "number"){
if(data5 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/runtime",keyword:"maximum"}); errors++;
}
if(data5 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/runtime",keyword:"minimum"}); errors++;
}
}
}
if(data.deadline !== undefined){
let data6 = data.deadline;
if(!(Number.isInteger(data6))){
vErrors = add(vErrors, {instancePath:instancePath+"/deadline",keyword:"type"}); errors++;
}
if(typeof data6 == "number"){
if(data6 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/deadline",keyword:"maximum"}); errors++;
}
if(data6 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/deadline",keyword:"minimum"}); errors++;
}
}
}
if(data.period !== undefined){
let data7 = data.period;
if(!(Number.isInteger(data7))){
vErrors = add(vErrors, {instancePath:instancePath+"/period",keyword:"type"}); errors++;
}
if(typeof data7 == "number"){
if(data7 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/period",keyword:"maximum"}); errors++;
}
if(data7 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/period",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate41.errors = vErrors;
return errors === 0;
}

const schema15 = {"type":"object","properties":{"class":{"type":"string","enum":["IOPRIO_CLASS_RT","IOPRIO_CLASS_BE","IOPRIO_CLASS_IDLE"]},"priority":{"type":"integer","minimum":0,"maximum":7}},"required":["class"],"additionalProperties":false};

function validate43(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.class === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "class"}}); errors++;
}
for(const key0 in data){
if(!((key0 === "class") || (key0 === "priority"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.class !== undefined){
let data0 = data.class;
if(typeof data0 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/class",keyword:"type"}); errors++;
}
if(!(((data0 === "IOPRIO_CLASS_RT") || (data0 === "IOPRIO_CLASS_BE")) || (data0 === "IOPRIO_CLASS_IDLE"))){
vErrors = add(vErrors, {instancePath:instancePath+"/class",keyword:"enum"}); errors++;
}
}
if(data.priority !== undefined){
let data1 = data.priority;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/priority",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 7){
vErrors = add(vErrors, {instancePath:instancePath+"/priority",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/priority",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate43.errors = vErrors;
return errors === 0;
}

const schema16 = {"type":"object","properties":{"initial":{"type":"string","pattern":"^[0-9, -]*$","description":"a CPU list such as \"0-3,7\""},"final":{"type":"string","pattern":"^[0-9, -]*$","description":"a CPU list such as \"0-3,7\""}},"required":[],"additionalProperties":false};
const pattern1 = new RegExp("^[0-9, -]*$", "u");

function validate45(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "initial") || (key0 === "final"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.initial !== undefined){
let data0 = data.initial;
if(typeof data0 === "string"){
if(!pattern1.test(data0)){
vErrors = add(vErrors, {instancePath:instancePath+"/initial",keyword:"pattern"}); errors++;
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/initial",keyword:"type"}); errors++;
}
}
if(data.final !== undefined){
let data1 = data.final;
if(typeof data1 === "string"){
if(!pattern1.test(data1)){
vErrors = add(vErrors, {instancePath:instancePath+"/final",keyword:"pattern"}); errors++;
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/final",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate45.errors = vErrors;
return errors === 0;
}


function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.cwd === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "cwd"}}); errors++;
}
for(const key0 in data){
if(!(func2.call(schema8.properties, key0))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.terminal !== undefined){
if(typeof data.terminal !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/terminal",keyword:"type"}); errors++;
}
}
if(data.consoleSize !== undefined){
if(!(validate25(data.consoleSize, {instancePath:instancePath+"/consoleSize",parentData:data,parentDataProperty:"consoleSize",rootData}))){
vErrors = merge(vErrors, validate25.errors);
errors = vErrors.length;
}
}
if(data.user !== undefined){
if(!(validate27(data.user, {instancePath:instancePath+"/user",parentData:data,parentDataProperty:"user",rootData}))){
vErrors = merge(vErrors, validate27.errors);
errors = vErrors.length;
}
}
if(data.args !== undefined){
if(!(validate29(data.args, {instancePath:instancePath+"/args",parentData:data,parentDataProperty:"args",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.commandLine !== undefined){
if(typeof data.commandLine !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/commandLine",keyword:"type"}); errors++;
}
}
if(data.env !== undefined){
if(!(validate29(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.cwd !== undefined){
if(typeof data.cwd !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/cwd",keyword:"type"}); errors++;
}
}
if(data.capabilities !== undefined){
if(!(validate32(data.capabilities, {instancePath:instancePath+"/capabilities",parentData:data,parentDataProperty:"capabilities",rootData}))){
vErrors = merge(vErrors, validate32.errors);
errors = vErrors.length;
}
}
if(data.rlimits !== undefined){
let data8 = data.rlimits;
if(Array.isArray(data8)){
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
if(!(validate39(data8[i0], {instancePath:instancePath+"/rlimits/" + i0,parentData:data8,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate39.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/rlimits",keyword:"type"}); errors++;
}
}
if(data.noNewPrivileges !== undefined){
if(typeof data.noNewPrivileges !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/noNewPrivileges",keyword:"type"}); errors++;
}
}
if(data.apparmorProfile !== undefined){
if(typeof data.apparmorProfile !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/apparmorProfile",keyword:"type"}); errors++;
}
}
if(data.oomScoreAdj !== undefined){
let data12 = data.oomScoreAdj;
if(!(Number.isInteger(data12))){
vErrors = add(vErrors, {instancePath:instancePath+"/oomScoreAdj",keyword:"type"}); errors++;
}
if(typeof data12 == "number"){
if(data12 > 1000){
vErrors = add(vErrors, {instancePath:instancePath+"/oomScoreAdj",keyword:"maximum"}); errors++;
}
if(data12 < -1000){
vErrors = add(vErrors, {instancePath:instancePath+"/oomScoreAdj",keyword:"minimum"}); errors++;
}
}
}
if(data.scheduler !== undefined){
if(!(validate41(data.scheduler, {instancePath:instancePath+"/scheduler",parentData:data,parentDataProperty:"scheduler",rootData}))){
vErrors = merge(vErrors, validate41.errors);
errors = vErrors.length;
}
}
if(data.selinuxLabel !== undefined){
if(typeof data.selinuxLabel !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/selinuxLabel",keyword:"type"}); errors++;
}
}
if(data.ioPriority !== undefined){
if(!(validate43(data.ioPriority, {instancePath:instancePath+"/ioPriority",parentData:data,parentDataProperty:"ioPriority",rootData}))){
vErrors = merge(vErrors, validate43.errors);
errors = vErrors.length;
}
}
if(data.execCPUAffinity !== undefined){
if(!(validate45(data.execCPUAffinity, {instancePath:instancePath+"/execCPUAffinity",parentData:data,parentDataProperty:"execCPUAffinity",rootData}))){
vErrors = merge(vErrors, validate45.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate24.errors = vErrors;
return errors === 0;
}

const schema17 = {"type":"object","properties":{"destination":{"type":"string","pattern":"^[^]","description":"a string that is not empty"},"type":{"type":"string"},"source":{"type":"string"},"options":{"$ref":"#/definitions/strings"},"uidMappings":{"$ref":"#/definitions/idMappings"},"gidMappings":{"$ref":"#/definitions/idMappings"}},"required":["destination"],"additionalProperties":false};
const pattern3 = new RegExp("^[^]", "u");
const schema18 = {"type":"array","items":{"$ref":"#/definitions/idMappings.items"}};
const schema19 = {"type":"object","properties":{"containerID":{"type":"integer","minimum":0,"maximum":4294967295},"hostID":{"type":"integer","minimum":0,"maximum":4294967295},"size":{"type":"integer","minimum":0,"maximum":4294967295}},"required":["containerID","hostID","size"],"additionalProperties":false};

function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.containerID === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "containerID"}}); errors++;
}
if(data.hostID === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "hostID"}}); errors++;
}
if(data.size === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "size"}}); errors++;
}
for(const key0 in data){
if(!(((key0 === "containerID") || (key0 === "hostID")) || (key0 === "size"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.containerID !== undefined){
let data0 = data.containerID;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/containerID",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/containerID",keyword:"maximum"}); errors++;
}
if(data0 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/containerID",keyword:"minimum"}); errors++;
}
}
}
if(data.hostID !== undefined){
let data1 = data.hostID;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/hostID",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/hostID",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/hostID",keyword:"minimum"}); errors++;
}
}
}
if(data.size !== undefined){
let data2 = data.size;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/size",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/size",keyword:"maximum"}); errors++;
}
if(data2 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/size",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate51.errors = vErrors;
return errors === 0;
}


function validate50(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate51(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate51.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate50.errors = vErrors;
return errors === 0;
}


function validate48(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.destination === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "destination"}}); errors++;
}
for(const key0 in data){
if(!((((((key0 === "destination") || (key0 === "type")) || (key0 === "source")) || (key0 === "options")) || (key0 === "uidMappings")) || (key0 === "gidMappings"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.destination !== undefined){
let data0 = data.destination;
if(typeof data0 === "string"){
if(!pattern3.test(data0)){
vErrors = add(vErrors, {instancePath:instancePath+"/destination",keyword:"pattern"}); errors++;
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/destination",keyword:"type"}); errors++;
}
}
if(data.type !== undefined){
if(typeof data.type !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/type",keyword:"type"}); errors++;
}
}
if(data.source !== undefined){
if(typeof data.source !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/source",keyword:"type"}); errors++;
}
}
if(data.options !== undefined){
if(!(validate29(data.options, {instancePath:instancePath+"/options",parentData:data,parentDataProperty:"options",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.uidMappings !== undefined){
if(!(validate50(data.uidMappings, {instancePath:instancePath+"/uidMappings",parentData:data,parentDataProperty:"uidMappings",rootData}))){
vErrors = merge(vErrors, validate50.errors);
errors = vErrors.length;
}
}
if(data.gidMappings !== undefined){
if(!(validate50(data.gidMappings, {instancePath:instancePath+"/gidMappings",parentData:data,parentDataProperty:"gidMappings",rootData}))){
vErrors = merge(vErrors, validate50.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate48.errors = vErrors;
return errors === 0;
}

const schema20 = {"type":"object","properties":{"prestart":{"$ref":"#/definitions/hooks"},"createRuntime":{"$ref":"#/definitions/hooks"},"createContainer":{"$ref":"#/definitions/hooks"},"startContainer":{"$ref":"#/definitions/hooks"},"poststart":{"$ref":"#/definitions/hooks"},"poststop":{"$ref":"#/definitions/hooks"}},"required":[],"additionalProperties":false};
const schema21 = {"type":"array","items":{"$ref":"#/definitions/hooks.items"}};
const schema22 = {"type":"object","properties":{"path":{"type":"string"},"args":{"$ref":"#/definitions/strings"},"env":{"$ref":"#/definitions/strings"},"timeout":{"type":"integer","minimum":1,"maximum":9007199254740991,"description":"a number of seconds greater than zero"}},"required":["path"],"additionalProperties":false};

function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "path"}}); errors++;
}
for(const key0 in data){
if(!((((key0 === "path") || (key0 === "args")) || (key0 === "env")) || (key0 === "timeout"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.path !== undefined){
if(typeof data.path !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/path",keyword:"type"}); errors++;
}
}
if(data.args !== undefined){
if(!(validate29(data.args, {instancePath:instancePath+"/args",parentData:data,parentDataProperty:"args",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.env !== undefined){
if(!(validate29(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
let data3 = data.timeout;
if(!(Number.isInteger(data3))){
vErrors = add(vErrors, {instancePath:instancePath+"/timeout",keyword:"type"}); errors++;
}
if(typeof data3 == "number"){
if(data3 > 9007199254740991){
vErrors = add(vErrors, {instancePath:instancePath+"/timeout",keyword:"maximum"}); errors++;
}
if(data3 < 1){
vErrors = add(vErrors, {instancePath:instancePath+"/timeout",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate58.errors = vErrors;
return errors === 0;
}


function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate58(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate58.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate57.errors = vErrors;
return errors === 0;
}


function validate56(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "prestart") || (key0 === "createRuntime")) || (key0 === "createContainer")) || (key0 === "startContainer")) || (key0 === "poststart")) || (key0 === "poststop"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.prestart !== undefined){
if(!(validate57(data.prestart, {instancePath:instancePath+"/prestart",parentData:data,parentDataProperty:"prestart",rootData}))){
vErrors = merge(vErrors, validate57.errors);
errors = vErrors.length;
}
}
if(data.createRuntime !== undefined){
if(!(validate57(data.createRuntime, {instancePath:instancePath+"/createRuntime",parentData:data,parentDataProperty:"createRuntime",rootData}))){
vErrors = merge(vErrors, validate57.errors);
errors = vErrors.length;
}
}
if(data.createContainer !== undefined){
if(!(validate57(data.createContainer, {instancePath:instancePath+"/createContainer",parentData:data,parentDataProperty:"createContainer",rootData}))){
vErrors = merge(vErrors, validate57.errors);
errors = vErrors.length;
}
}
if(data.startContainer !== undefined){
if(!(validate57(data.startContainer, {instancePath:instancePath+"/startContainer",parentData:data,parentDataProperty:"startContainer",rootData}))){
vErrors = merge(vErrors, validate57.errors);
errors = vErrors.length;
}
}
if(data.poststart !== undefined){
if(!(validate57(data.poststart, {instancePath:instancePath+"/poststart",parentData:data,parentDataProperty:"poststart",rootData}))){
vErrors = merge(vErrors, validate57.errors);
errors = vErrors.length;
}
}
if(data.poststop !== undefined){
if(!(validate57(data.poststop, {instancePath:instancePath+"/poststop",parentData:data,parentDataProperty:"poststop",rootData}))){
vErrors = merge(vErrors, validate57.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate56.errors = vErrors;
return errors === 0;
}

const schema23 = {"type":"object","properties":{"namespaces":{"type":"array","items":{"$ref":"#/definitions/config.linux.namespaces.items"}},"uidMappings":{"$ref":"#/definitions/idMappings"},"gidMappings":{"$ref":"#/definitions/idMappings"},"timeOffsets":{"$ref":"#/definitions/config.linux.timeOffsets"},"devices":{"type":"array","items":{"$ref":"#/definitions/config.linux.devices.items"}},"netDevices":{"type":"object","additionalProperties":{"$ref":"#/definitions/config.linux.netDevices.values"},"propertyNames":{"pattern":"^[^]"}},"cgroupsPath":{"type":"string"},"resources":{"$ref":"#/definitions/resources"},"intelRdt":{"$ref":"#/definitions/config.linux.intelRdt"},"memoryPolicy":{"$ref":"#/definitions/config.linux.memoryPolicy"},"sysctl":{"type":"object","additionalProperties":{"type":"string"},"propertyNames":{"pattern":"^[^]"}},"seccomp":{"$ref":"#/definitions/config.linux.seccomp"},"rootfsPropagation":{"type":"string","enum":["shared","slave","private","unbindable","rshared","rslave","rprivate","runbindable"]},"maskedPaths":{"$ref":"#/definitions/strings"},"readonlyPaths":{"$ref":"#/definitions/strings"},"mountLabel":{"type":"string"},"personality":{"$ref":"#/definitions/config.linux.personality"}},"required":[],"additionalProperties":false};
const schema24 = {"type":"object","properties":{"type":{"type":"string","enum":["pid","network","mount","ipc","uts","user","cgroup","time"]},"path":{"type":"string"}},"required":["type"],"additionalProperties":false};

function validate70(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "type"}}); errors++;
}
for(const key0 in data){
if(!((key0 === "type") || (key0 === "path"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/type",keyword:"type"}); errors++;
}
if(!((((((((data0 === "pid") || (data0 === "network")) || (data0 === "mount")) || (data0 === "ipc")) || (data0 === "uts")) || (data0 === "user")) || (data0 === "cgroup")) || (data0 === "time"))){
vErrors = add(vErrors, {instancePath:instancePath+"/type",keyword:"enum"}); errors++;
}
}
if(data.path !== undefined){
if(typeof data.path !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/path",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate70.errors = vErrors;
return errors === 0;
}

const schema25 = {"type":"object","properties":{"monotonic":{"$ref":"#/definitions/config.linux.timeOffsets.monotonic"},"boottime":{"$ref":"#/definitions/config.linux.timeOffsets.boottime"}},"required":[],"additionalProperties":false};
const schema26 = {"type":"object","properties":{"secs":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"nanosecs":{"type":"integer","minimum":0,"maximum":999999999}},"required":[],"additionalProperties":false};

function validate75(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "secs") || (key0 === "nanosecs"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.secs !== undefined){
let data0 = data.secs;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/secs",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/secs",keyword:"maximum"}); errors++;
}
if(data0 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/secs",keyword:"minimum"}); errors++;
}
}
}
if(data.nanosecs !== undefined){
let data1 = data.nanosecs;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/nanosecs",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 999999999){
vErrors = add(vErrors, {instancePath:instancePath+"/nanosecs",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/nanosecs",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate75.errors = vErrors;
return errors === 0;
}

const schema27 = {"type":"object","properties":{"secs":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"nanosecs":{"type":"integer","minimum":0,"maximum":999999999}},"required":[],"additionalProperties":false};

function validate77(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "secs") || (key0 === "nanosecs"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.secs !== undefined){
let data0 = data.secs;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/secs",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/secs",keyword:"maximum"}); errors++;
}
if(data0 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/secs",keyword:"minimum"}); errors++;
}
}
}
if(data.nanosecs !== undefined){
let data1 = data.nanosecs;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/nanosecs",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 999999999){
vErrors = add(vErrors, {instancePath:instancePath+"/nanosecs",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/nanosecs",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate77.errors = vErrors;
return errors === 0;
}


function validate74(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "monotonic") || (key0 === "boottime"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.monotonic !== undefined){
if(!(validate75(data.monotonic, {instancePath:instancePath+"/monotonic",parentData:data,parentDataProperty:"monotonic",rootData}))){
vErrors = merge(vErrors, validate75.errors);
errors = vErrors.length;
}
}
if(data.boottime !== undefined){
if(!(validate77(data.boottime, {instancePath:instancePath+"/boottime",parentData:data,parentDataProperty:"boottime",rootData}))){
vErrors = merge(vErrors, validate77.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate74.errors = vErrors;
return errors === 0;
}

const schema28 = {"type":"object","properties":{"type":{"type":"string","pattern":"^[cbup]$","description":"one of \"c\", \"b\", \"u\", \"p\""},"path":{"type":"string"},"major":{"type":"integer","minimum":0,"maximum":4095},"minor":{"type":"integer","minimum":0,"maximum":1048575},"fileMode":{"type":"integer","minimum":0,"maximum":511,"description":"a file mode in decimal, 0 to 511 (octal 777)"},"uid":{"type":"integer","minimum":0,"maximum":4294967295},"gid":{"type":"integer","minimum":0,"maximum":4294967295}},"required":["type","path"],"additionalProperties":false};
const pattern5 = new RegExp("^[cbup]$", "u");

function validate80(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "type"}}); errors++;
}
if(data.path === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "path"}}); errors++;
}
for(const key0 in data){
if(!(((((((key0 === "type") || (key0 === "path")) || (key0 === "major")) || (key0 === "minor")) || (key0 === "fileMode")) || (key0 === "uid")) || (key0 === "gid"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 === "string"){
if(!pattern5.test(data0)){
vErrors = add(vErrors, {instancePath:instancePath+"/type",keyword:"pattern"}); errors++;
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/type",keyword:"type"}); errors++;
}
}
if(data.path !== undefined){
if(typeof data.path !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/path",keyword:"type"}); errors++;
}
}
if(data.major !== undefined){
let data2 = data.major;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/major",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 4095){
vErrors = add(vErrors, {instancePath:instancePath+"/major",keyword:"maximum"}); errors++;
}
if(data2 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/major",keyword:"minimum"}); errors++;
}
}
}
if(data.minor !== undefined){
let data3 = data.minor;
if(!(Number.isInteger(data3))){
vErrors = add(vErrors, {instancePath:instancePath+"/minor",keyword:"type"}); errors++;
}
if(typeof data3 == "number"){
if(data3 > 1048575){
vErrors = add(vErrors, {instancePath:instancePath+"/minor",keyword:"maximum"}); errors++;
}
if(data3 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/minor",keyword:"minimum"}); errors++;
}
}
}
if(data.fileMode !== undefined){
let data4 = data.fileMode;
if(!(Number.isInteger(data4))){
vErrors = add(vErrors, {instancePath:instancePath+"/fileMode",keyword:"type"}); errors++;
}
if(typeof data4 == "number"){
if(data4 > 511){
vErrors = add(vErrors, {instancePath:instancePath+"/fileMode",keyword:"maximum"}); errors++;
}
if(data4 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/fileMode",keyword:"minimum"}); errors++;
}
}
}
if(data.uid !== undefined){
let data5 = data.uid;
if(!(Number.isInteger(data5))){
vErrors = add(vErrors, {instancePath:instancePath+"/uid",keyword:"type"}); errors++;
}
if(typeof data5 == "number"){
if(data5 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/uid",keyword:"maximum"}); errors++;
}
if(data5 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/uid",keyword:"minimum"}); errors++;
}
}
}
if(data.gid !== undefined){
let data6 = data.gid;
if(!(Number.isInteger(data6))){
vErrors = add(vErrors, {instancePath:instancePath+"/gid",keyword:"type"}); errors++;
}
if(typeof data6 == "number"){
if(data6 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/gid",keyword:"maximum"}); errors++;
}
if(data6 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/gid",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate80.errors = vErrors;
return errors === 0;
}

const schema29 = {"type":"object","properties":{"name":{"type":"string"}},"required":[],"additionalProperties":false};

function validate82(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "name")){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/name",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate82.errors = vErrors;
return errors === 0;
}

const schema30 = {"type":"object","properties":{"unified":{"type":"object","additionalProperties":{"type":"string"},"propertyNames":{"pattern":"^[^]"}},"devices":{"type":"array","items":{"$ref":"#/definitions/resources.devices.items"}},"memory":{"$ref":"#/definitions/resources.memory"},"cpu":{"$ref":"#/definitions/resources.cpu"},"pids":{"$ref":"#/definitions/resources.pids"},"blockIO":{"$ref":"#/definitions/resources.blockIO"},"hugepageLimits":{"type":"array","items":{"$ref":"#/definitions/resources.hugepageLimits.items"}},"network":{"$ref":"#/definitions/resources.network"},"rdma":{"type":"object","additionalProperties":{"$ref":"#/definitions/resources.rdma.values"},"propertyNames":{"pattern":"^[^]"}}},"required":[],"additionalProperties":false};
const schema31 = {"type":"object","properties":{"allow":{"type":"boolean"},"type":{"type":"string","enum":["a","b","c"]},"major":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"minor":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"access":{"type":"string","pattern":"^[rwm]*$","description":"some of the letters r, w and m"}},"required":["allow"],"additionalProperties":false};
const pattern8 = new RegExp("^[rwm]*$", "u");

function validate85(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.allow === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "allow"}}); errors++;
}
for(const key0 in data){
if(!(((((key0 === "allow") || (key0 === "type")) || (key0 === "major")) || (key0 === "minor")) || (key0 === "access"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.allow !== undefined){
if(typeof data.allow !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/allow",keyword:"type"}); errors++;
}
}
if(data.type !== undefined){
let data1 = data.type;
if(typeof data1 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/type",keyword:"type"}); errors++;
}
if(!(((data1 === "a") || (data1 === "b")) || (data1 === "c"))){
vErrors = add(vErrors, {instancePath:instancePath+"/type",keyword:"enum"}); errors++;
}
}
if(data.major !== undefined){
let data2 = data.major;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/major",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/major",keyword:"maximum"}); errors++;
}
if(data2 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/major",keyword:"minimum"}); errors++;
}
}
}
if(data.minor !== undefined){
let data3 = data.minor;
if(!(Number.isInteger(data3))){
vErrors = add(vErrors, {instancePath:instancePath+"/minor",keyword:"type"}); errors++;
}
if(typeof data3 == "number"){
if(data3 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/minor",keyword:"maximum"}); errors++;
}
if(data3 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/minor",keyword:"minimum"}); errors++;
}
}
}
if(data.access !== undefined){
let data4 = data.access;
if(typeof data4 === "string"){
if(!pattern8.test(data4)){
vErrors = add(vErrors, {instancePath:instancePath+"/access",keyword:"pattern"}); errors++;
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/access",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate85.errors = vErrors;
return errors === 0;
}

const schema32 = {"type":"object","properties":{"limit":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"reservation":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"swap":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"kernel":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"kernelTCP":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"swappiness":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"disableOOMKiller":{"type":"boolean"},"useHierarchy":{"type":"boolean"},"checkBeforeUpdate":{"type":"boolean"}},"required":[],"additionalProperties":false};

function validate87(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema32.properties, key0))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.limit !== undefined){
let data0 = data.limit;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/limit",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/limit",keyword:"maximum"}); errors++;
}
if(data0 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/limit",keyword:"minimum"}); errors++;
}
}
}
if(data.reservation !== undefined){
let data1 = data.reservation;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/reservation",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/reservation",keyword:"maximum"}); errors++;
}
if(data1 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/reservation",keyword:"minimum"}); errors++;
}
}
}
if(data.swap !== undefined){
let data2 = data.swap;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/swap",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/swap",keyword:"maximum"}); errors++;
}
if(data2 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/swap",keyword:"minimum"}); errors++;
}
}
}
if(data.kernel !== undefined){
let data3 = data.kernel;
if(!(Number.isInteger(data3))){
vErrors = add(vErrors, {instancePath:instancePath+"/kernel",keyword:"type"}); errors++;
}
if(typeof data3 == "number"){
if(data3 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/kernel",keyword:"maximum"}); errors++;
}
if(data3 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/kernel",keyword:"minimum"}); errors++;
}
}
}
if(data.kernelTCP !== undefined){
let data4 = data.kernelTCP;
if(!(Number.isInteger(data4))){
vErrors = add(vErrors, {instancePath:instancePath+"/kernelTCP",keyword:"type"}); errors++;
}
if(typeof data4 == "number"){
if(data4 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/kernelTCP",keyword:"maximum"}); errors++;
}
if(data4 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/kernelTCP",keyword:"minimum"}); errors++;
}
}
}
if(data.swappiness !== undefined){
let data5 = data.swappiness;
if(!(Number.isInteger(data5))){
vErrors = add(vErrors, {instancePath:instancePath+"/swappiness",keyword:"type"}); errors++;
}
if(typeof data5 == "number"){
if(data5 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/swappiness",keyword:"maximum"}); errors++;
}
if(data5 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/swappiness",keyword:"minimum"}); errors++;
}
}
}
if(data.disableOOMKiller !== undefined){
if(typeof data.disableOOMKiller !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/disableOOMKiller",keyword:"type"}); errors++;
}
}
if(data.useHierarchy !== undefined){
if(typeof data.useHierarchy !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/useHierarchy",keyword:"type"}); errors++;
}
}
if(data.checkBeforeUpdate !== undefined){
if(typeof data.checkBeforeUpdate !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/checkBeforeUpdate",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate87.errors = vErrors;
return errors === 0;
}

const schema33 = {"type":"object","properties":{"shares":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"quota":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"burst":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"period":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"realtimeRuntime":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"realtimePeriod":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"cpus":{"type":"string"},"mems":{"type":"string"},"idle":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"}},"required":[],"additionalProperties":false};

function validate89(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema33.properties, key0))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.shares !== undefined){
let data0 = data.shares;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/shares",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/shares",keyword:"maximum"}); errors++;
}
if(data0 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/shares",keyword:"minimum"}); errors++;
}
}
}
if(data.quota !== undefined){
let data1 = data.quota;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/quota",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/quota",keyword:"maximum"}); errors++;
}
if(data1 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/quota",keyword:"minimum"}); errors++;
}
}
}
if(data.burst !== undefined){
let data2 = data.burst;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/burst",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/burst",keyword:"maximum"}); errors++;
}
if(data2 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/burst",keyword:"minimum"}); errors++;
}
}
}
if(data.period !== undefined){
let data3 = data.period;
if(!(Number.isInteger(data3))){
vErrors = add(vErrors, {instancePath:instancePath+"/period",keyword:"type"}); errors++;
}
if(typeof data3 == "number"){
if(data3 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/period",keyword:"maximum"}); errors++;
}
if(data3 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/period",keyword:"minimum"}); errors++;
}
}
}
if(data.realtimeRuntime !== undefined){
let data4 = data.realtimeRuntime;
if(!(Number.isInteger(data4))){
vErrors = add(vErrors, {instancePath:instancePath+"/realtimeRuntime",keyword:"type"}); errors++;
}
if(typeof data4 == "number"){
if(data4 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/realtimeRuntime",keyword:"maximum"}); errors++;
}
if(data4 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/realtimeRuntime",keyword:"minimum"}); errors++;
}
}
}
if(data.realtimePeriod !== undefined){
let data5 = data.realtimePeriod;
if(!(Number.isInteger(data5))){
vErrors = add(vErrors, {instancePath:instancePath+"/realtimePeriod",keyword:"type"}); errors++;
}
if(typeof data5 == "number"){
if(data5 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/realtimePeriod",keyword:"maximum"}); errors++;
}
if(data5 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/realtimePeriod",keyword:"minimum"}); errors++;
}
}
}
if(data.cpus !== undefined){
if(typeof data.cpus !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/cpus",keyword:"type"}); errors++;
}
}
if(data.mems !== undefined){
if(typeof data.mems !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/mems",keyword:"type"}); errors++;
}
}
if(data.idle !== undefined){
let data8 = data.idle;
if(!(Number.isInteger(data8))){
vErrors = add(vErrors, {instancePath:instancePath+"/idle",keyword:"type"}); errors++;
}
if(typeof data8 == "number"){
if(data8 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/idle",keyword:"maximum"}); errors++;
}
if(data8 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/idle",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate89.errors = vErrors;
return errors === 0;
}

const schema34 = {"type":"object","properties":{"limit":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"}},"required":["limit"],"additionalProperties":false};

function validate91(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.limit === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "limit"}}); errors++;
}
for(const key0 in data){
if(!(key0 === "limit")){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.limit !== undefined){
let data0 = data.limit;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/limit",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/limit",keyword:"maximum"}); errors++;
}
if(data0 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/limit",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate91.errors = vErrors;
return errors === 0;
}

const schema35 = {"type":"object","properties":{"weight":{"type":"integer","minimum":0,"maximum":65535},"leafWeight":{"type":"integer","minimum":0,"maximum":65535},"weightDevice":{"type":"array","items":{"$ref":"#/definitions/resources.blockIO.weightDevice.items"}},"throttleReadBpsDevice":{"$ref":"#/definitions/throttleDevices"},"throttleWriteBpsDevice":{"$ref":"#/definitions/throttleDevices"},"throttleReadIOPSDevice":{"$ref":"#/definitions/throttleDevices"},"throttleWriteIOPSDevice":{"$ref":"#/definitions/throttleDevices"}},"required":[],"additionalProperties":false};
const schema36 = {"type":"object","properties":{"major":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"minor":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"weight":{"type":"integer","minimum":0,"maximum":65535},"leafWeight":{"type":"integer","minimum":0,"maximum":65535}},"required":["major","minor"],"additionalProperties":false};

function validate94(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.major === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "major"}}); errors++;
}
if(data.minor === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "minor"}}); errors++;
}
for(const key0 in data){
if(!((((key0 === "major") || (key0 === "minor")) || (key0 === "weight")) || (key0 === "leafWeight"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.major !== undefined){
let data0 = data.major;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/major",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/major",keyword:"maximum"}); errors++;
}
if(data0 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/major",keyword:"minimum"}); errors++;
}
}
}
if(data.minor !== undefined){
let data1 = data.minor;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/minor",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/minor",keyword:"maximum"}); errors++;
}
if(data1 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/minor",keyword:"minimum"}); errors++;
}
}
}
if(data.weight !== undefined){
let data2 = data.weight;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/weight",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 65535){
vErrors = add(vErrors, {instancePath:instancePath+"/weight",keyword:"maximum"}); errors++;
}
if(data2 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/weight",keyword:"minimum"}); errors++;
}
}
}
if(data.leafWeight !== undefined){
let data3 = data.leafWeight;
if(!(Number.isInteger(data3))){
vErrors = add(vErrors, {instancePath:instancePath+"/leafWeight",keyword:"type"}); errors++;
}
if(typeof data3 == "number"){
if(data3 > 65535){
vErrors = add(vErrors, {instancePath:instancePath+"/leafWeight",keyword:"maximum"}); errors++;
}
if(data3 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/leafWeight",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate94.errors = vErrors;
return errors === 0;
}

const schema37 = {"type":"array","items":{"$ref":"#/definitions/throttleDevices.items"}};
const schema38 = {"type":"object","properties":{"major":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"minor":{"type":"integer","minimum":-9223372036854776000,"maximum":9223372036854776000,"description":"a 64-bit integer"},"rate":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["major","minor","rate"],"additionalProperties":false};

function validate97(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.major === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "major"}}); errors++;
}
if(data.minor === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "minor"}}); errors++;
}
if(data.rate === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "rate"}}); errors++;
}
for(const key0 in data){
if(!(((key0 === "major") || (key0 === "minor")) || (key0 === "rate"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.major !== undefined){
let data0 = data.major;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/major",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/major",keyword:"maximum"}); errors++;
}
if(data0 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/major",keyword:"minimum"}); errors++;
}
}
}
if(data.minor !== undefined){
let data1 = data.minor;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/minor",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/minor",keyword:"maximum"}); errors++;
}
if(data1 < -9223372036854776000){
vErrors = add(vErrors, {instancePath:instancePath+"/minor",keyword:"minimum"}); errors++;
}
}
}
if(data.rate !== undefined){
let data2 = data.rate;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/rate",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/rate",keyword:"maximum"}); errors++;
}
if(data2 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/rate",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate97.errors = vErrors;
return errors === 0;
}


function validate96(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate97(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate97.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate96.errors = vErrors;
return errors === 0;
}


function validate93(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "weight") || (key0 === "leafWeight")) || (key0 === "weightDevice")) || (key0 === "throttleReadBpsDevice")) || (key0 === "throttleWriteBpsDevice")) || (key0 === "throttleReadIOPSDevice")) || (key0 === "throttleWriteIOPSDevice"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.weight !== undefined){
let data0 = data.weight;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/weight",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 65535){
vErrors = add(vErrors, {instancePath:instancePath+"/weight",keyword:"maximum"}); errors++;
}
if(data0 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/weight",keyword:"minimum"}); errors++;
}
}
}
if(data.leafWeight !== undefined){
let data1 = data.leafWeight;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/leafWeight",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 65535){
vErrors = add(vErrors, {instancePath:instancePath+"/leafWeight",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/leafWeight",keyword:"minimum"}); errors++;
}
}
}
if(data.weightDevice !== undefined){
let data2 = data.weightDevice;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate94(data2[i0], {instancePath:instancePath+"/weightDevice/" + i0,parentData:data2,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate94.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/weightDevice",keyword:"type"}); errors++;
}
}
if(data.throttleReadBpsDevice !== undefined){
if(!(validate96(data.throttleReadBpsDevice, {instancePath:instancePath+"/throttleReadBpsDevice",parentData:data,parentDataProperty:"throttleReadBpsDevice",rootData}))){
vErrors = merge(vErrors, validate96.errors);
errors = vErrors.length;
}
}
if(data.throttleWriteBpsDevice !== undefined){
if(!(validate96(data.throttleWriteBpsDevice, {instancePath:instancePath+"/throttleWriteBpsDevice",parentData:data,parentDataProperty:"throttleWriteBpsDevice",rootData}))){
vErrors = merge(vErrors, validate96.errors);
errors = vErrors.length;
}
}
if(data.throttleReadIOPSDevice !== undefined){
if(!(validate96(data.throttleReadIOPSDevice, {instancePath:instancePath+"/throttleReadIOPSDevice",parentData:data,parentDataProperty:"throttleReadIOPSDevice",rootData}))){
vErrors = merge(vErrors, validate96.errors);
errors = vErrors.length;
}
}
if(data.throttleWriteIOPSDevice !== undefined){
if(!(validate96(data.throttleWriteIOPSDevice, {instancePath:instancePath+"/throttleWriteIOPSDevice",parentData:data,parentDataProperty:"throttleWriteIOPSDevice",rootData}))){
vErrors = merge(vErrors, validate96.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate93.errors = vErrors;
return errors === 0;
}

const schema39 = {"type":"object","properties":{"pageSize":{"type":"string","pattern":"^[1-9][0-9]*[KMG]B$","description":"a size such as \"64KB\", \"2MB\" or \"1GB\""},"limit":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["pageSize","limit"],"additionalProperties":false};
const pattern9 = new RegExp("^[1-9][0-9]*[KMG]B$", "u");

function validate104(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.pageSize === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "pageSize"}}); errors++;
}
if(data.limit === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "limit"}}); errors++;
}
for(const key0 in data){
if(!((key0 === "pageSize") || (key0 === "limit"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.pageSize !== undefined){
let data0 = data.pageSize;
if(typeof data0 === "string"){
if(!pattern9.test(data0)){
vErrors = add(vErrors, {instancePath:instancePath+"/pageSize",keyword:"pattern"}); errors++;
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/pageSize",keyword:"type"}); errors++;
}
}
if(data.limit !== undefined){
let data1 = data.limit;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/limit",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/limit",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/limit",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate104.errors = vErrors;
return errors === 0;
}

const schema40 = {"type":"object","properties":{"classID":{"type":"integer","minimum":0,"maximum":4294967295},"priorities":{"type":"array","items":{"$ref":"#/definitions/resources.network.priorities.items"}}},"required":[],"additionalProperties":false};
const schema41 = {"type":"object","properties":{"name":{"type":"string"},"priority":{"type":"integer","minimum":0,"maximum":4294967295}},"required":["name","priority"],"additionalProperties":false};

function validate107(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "name"}}); errors++;
}
if(data.priority === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "priority"}}); errors++;
}
for(const key0 in data){
if(!((key0 === "name") || (key0 === "priority"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/name",keyword:"type"}); errors++;
}
}
if(data.priority !== undefined){
let data1 = data.priority;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/priority",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/priority",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/priority",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate107.errors = vErrors;
return errors === 0;
}


function validate106(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "classID") || (key0 === "priorities"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.classID !== undefined){
let data0 = data.classID;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/classID",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/classID",keyword:"maximum"}); errors++;
}
if(data0 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/classID",keyword:"minimum"}); errors++;
}
}
}
if(data.priorities !== undefined){
let data1 = data.priorities;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate107(data1[i0], {instancePath:instancePath+"/priorities/" + i0,parentData:data1,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate107.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/priorities",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate106.errors = vErrors;
return errors === 0;
}

const schema42 = {"type":"object","properties":{"hcaHandles":{"type":"integer","minimum":0,"maximum":4294967295},"hcaObjects":{"type":"integer","minimum":0,"maximum":4294967295}},"required":[],"additionalProperties":false};

function validate110(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "hcaHandles") || (key0 === "hcaObjects"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.hcaHandles !== undefined){
let data0 = data.hcaHandles;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/hcaHandles",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/hcaHandles",keyword:"maximum"}); errors++;
}
if(data0 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/hcaHandles",keyword:"minimum"}); errors++;
}
}
}
if(data.hcaObjects !== undefined){
let data1 = data.hcaObjects;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/hcaObjects",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/hcaObjects",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/hcaObjects",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate110.errors = vErrors;
return errors === 0;
}


function validate84(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema30.properties, key0))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.unified !== undefined){
let data0 = data.unified;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
const _errs4 = errors;
if(typeof key1 === "string"){
if(!pattern3.test(key1)){
vErrors = add(vErrors, {instancePath:instancePath+"/unified",keyword:"pattern",propertyName:key1}); errors++;
}
}
var valid1 = _errs4 === errors;
if(!valid1){
vErrors = add(vErrors, {instancePath:instancePath+"/unified",keyword:"propertyNames",params:{propertyName: key1}}); errors++;
}
}
for(const key2 in data0){
if(typeof data0[key2] !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/unified/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/unified",keyword:"type"}); errors++;
}
}
if(data.devices !== undefined){
let data2 = data.devices;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate85(data2[i0], {instancePath:instancePath+"/devices/" + i0,parentData:data2,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate85.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/devices",keyword:"type"}); errors++;
}
}
if(data.memory !== undefined){
if(!(validate87(data.memory, {instancePath:instancePath+"/memory",parentData:data,parentDataProperty:"memory",rootData}))){
vErrors = merge(vErrors, validate87.errors);
errors = vErrors.length;
}
}
if(data.cpu !== undefined){
if(!(validate89(data.cpu, {instancePath:instancePath+"/cpu",parentData:data,parentDataProperty:"cpu",rootData}))){
vErrors = merge(vErrors, validate89.errors);
errors = vErrors.length;
}
}
if(data.pids !== undefined){
if(!(validate91(data.pids, {instancePath:instancePath+"/pids",parentData:data,parentDataProperty:"pids",rootData}))){
vErrors = merge(vErrors, validate91.errors);
errors = vErrors.length;
}
}
if(data.blockIO !== undefined){
if(!(validate93(data.blockIO, {instancePath:instancePath+"/blockIO",parentData:data,parentDataProperty:"blockIO",rootData}))){
vErrors = merge(vErrors, validate93.errors);
errors = vErrors.length;
}
}
if(data.hugepageLimits !== undefined){
let data8 = data.hugepageLimits;
if(Array.isArray(data8)){
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
if(!(validate104(data8[i1], {instancePath:instancePath+"/hugepageLimits/" + i1,parentData:data8,parentDataProperty:i1,rootData}))){
vErrors = merge(vErrors, validate104.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/hugepageLimits",keyword:"type"}); errors++;
}
}
if(data.network !== undefined){
if(!(validate106(data.network, {instancePath:instancePath+"/network",parentData:data,parentDataProperty:"network",rootData}))){
vErrors = merge(vErrors, validate106.errors);
errors = vErrors.length;
}
}
if(data.rdma !== undefined){
let data11 = data.rdma;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key3 in data11){
const _errs21 = errors;
if(typeof key3 === "string"){
if(!pattern3.test(key3)){
vErrors = add(vErrors, {instancePath:instancePath+"/rdma",keyword:"pattern",propertyName:key3}); errors++;
}
}
var valid7 = _errs21 === errors;
if(!valid7){
vErrors = add(vErrors, {instancePath:instancePath+"/rdma",keyword:"propertyNames",params:{propertyName: key3}}); errors++;
}
}
for(const key4 in data11){
if(!(validate110(data11[key4], {instancePath:instancePath+"/rdma/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data11,parentDataProperty:key4,rootData}))){
vErrors = merge(vErrors, validate110.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/rdma",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate84.errors = vErrors;
return errors === 0;
}

const schema43 = {"type":"object","properties":{"closID":{"type":"string"},"schemata":{"$ref":"#/definitions/strings"},"l3CacheSchema":{"type":"string"},"memBwSchema":{"type":"string","pattern":"^MB:[^\\n]*$","description":"one line that begins with \"MB:\""},"enableMonitoring":{"type":"boolean"},"enableCMT":{"type":"boolean"},"enableMBM":{"type":"boolean"}},"required":[],"additionalProperties":false};
const pattern11 = new RegExp("^MB:[^\\n]*$", "u");

function validate113(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "closID") || (key0 === "schemata")) || (key0 === "l3CacheSchema")) || (key0 === "memBwSchema")) || (key0 === "enableMonitoring")) || (key0 === "enableCMT")) || (key0 === "enableMBM"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.closID !== undefined){
if(typeof data.closID !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/closID",keyword:"type"}); errors++;
}
}
if(data.schemata !== undefined){
if(!(validate29(data.schemata, {instancePath:instancePath+"/schemata",parentData:data,parentDataProperty:"schemata",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.l3CacheSchema !== undefined){
if(typeof data.l3CacheSchema !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/l3CacheSchema",keyword:"type"}); errors++;
}
}
if(data.memBwSchema !== undefined){
let data3 = data.memBwSchema;
if(typeof data3 === "string"){
if(!pattern11.test(data3)){
vErrors = add(vErrors, {instancePath:instancePath+"/memBwSchema",keyword:"pattern"}); errors++;
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/memBwSchema",keyword:"type"}); errors++;
}
}
if(data.enableMonitoring !== undefined){
if(typeof data.enableMonitoring !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/enableMonitoring",keyword:"type"}); errors++;
}
}
if(data.enableCMT !== undefined){
if(typeof data.enableCMT !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/enableCMT",keyword:"type"}); errors++;
}
}
if(data.enableMBM !== undefined){
if(typeof data.enableMBM !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/enableMBM",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate113.errors = vErrors;
return errors === 0;
}

const schema44 = {"type":"object","properties":{"mode":{"type":"string","enum":["MPOL_DEFAULT","MPOL_BIND","MPOL_INTERLEAVE","MPOL_WEIGHTED_INTERLEAVE","MPOL_PREFERRED","MPOL_PREFERRED_MANY","MPOL_LOCAL"]},"nodes":{"type":"string"},"flags":{"type":"array","items":{"type":"string","enum":["MPOL_F_NUMA_BALANCING","MPOL_F_RELATIVE_NODES","MPOL_F_STATIC_NODES"]}}},"required":["mode"],"additionalProperties":false};

function validate116(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.mode === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "mode"}}); errors++;
}
for(const key0 in data){
if(!(((key0 === "mode") || (key0 === "nodes")) || (key0 === "flags"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.mode !== undefined){
let data0 = data.mode;
if(typeof data0 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/mode",keyword:"type"}); errors++;
}
if(!(((((((data0 === "MPOL_DEFAULT") || (data0 === "MPOL_BIND")) || (data0 === "MPOL_INTERLEAVE")) || (data0 === "MPOL_WEIGHTED_INTERLEAVE")) || (data0 === "MPOL_PREFERRED")) || (data0 === "MPOL_PREFERRED_MANY")) || (data0 === "MPOL_LOCAL"))){
vErrors = add(vErrors, {instancePath:instancePath+"/mode",keyword:"enum"}); errors++;
}
}
if(data.nodes !== undefined){
if(typeof data.nodes !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/nodes",keyword:"type"}); errors++;
}
}
if(data.flags !== undefined){
let data2 = data.flags;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/flags/" + i0,keyword:"type"}); errors++;
}
if(!(((data3 === "MPOL_F_NUMA_BALANCING") || (data3 === "MPOL_F_RELATIVE_NODES")) || (data3 === "MPOL_F_STATIC_NODES"))){
vErrors = add(vErrors, {instancePath:instancePath+"/flags/" + i0,keyword:"enum"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/flags",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate116.errors = vErrors;
return errors === 0;
}

const schema45 = {"type":"object","properties":{"defaultAction":{"type":"string","enum":["SCMP_ACT_KILL","SCMP_ACT_KILL_PROCESS","SCMP_ACT_KILL_THREAD","SCMP_ACT_TRAP","SCMP_ACT_ERRNO","SCMP_ACT_TRACE","SCMP_ACT_ALLOW","SCMP_ACT_LOG","SCMP_ACT_NOTIFY"]},"defaultErrnoRet":{"type":"integer","minimum":0,"maximum":4294967295},"architectures":{"type":"array","items":{"type":"string","enum":["SCMP_ARCH_X86","SCMP_ARCH_X86_64","SCMP_ARCH_X32","SCMP_ARCH_ARM","SCMP_ARCH_AARCH64","SCMP_ARCH_LOONGARCH64","SCMP_ARCH_M68K","SCMP_ARCH_MIPS","SCMP_ARCH_MIPS64","SCMP_ARCH_MIPS64N32","SCMP_ARCH_MIPSEL","SCMP_ARCH_MIPSEL64","SCMP_ARCH_MIPSEL64N32","SCMP_ARCH_PPC","SCMP_ARCH_PPC64","SCMP_ARCH_PPC64LE","SCMP_ARCH_S390","SCMP_ARCH_S390X","SCMP_ARCH_SH","SCMP_ARCH_SHEB","SCMP_ARCH_PARISC","SCMP_ARCH_PARISC64","SCMP_ARCH_RISCV64"]}},"flags":{"type":"array","items":{"type":"string","enum":["SECCOMP_FILTER_FLAG_TSYNC","SECCOMP_FILTER_FLAG_LOG","SECCOMP_FILTER_FLAG_SPEC_ALLOW","SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"]}},"listenerPath":{"type":"string"},"listenerMetadata":{"type":"string"},"syscalls":{"type":"array","items":{"$ref":"#/definitions/config.linux.seccomp.syscalls.items"}}},"required":["defaultAction"],"additionalProperties":false};
const schema46 = {"type":"object","properties":{"names":{"type":"array","items":{"type":"string"},"minItems":1},"action":{"type":"string","enum":["SCMP_ACT_KILL","SCMP_ACT_KILL_PROCESS","SCMP_ACT_KILL_THREAD","SCMP_ACT_TRAP","SCMP_ACT_ERRNO","SCMP_ACT_TRACE","SCMP_ACT_ALLOW","SCMP_ACT_LOG","SCMP_ACT_NOTIFY"]},"errnoRet":{"type":"integer","minimum":0,"maximum":4294967295},"args":{"type":"array","items":{"$ref":"#/definitions/config.linux.seccomp.syscalls.items.args.items"}}},"required":["names","action"],"additionalProperties":false};
const schema47 = {"type":"object","properties":{"index":{"type":"integer","minimum":0,"maximum":5},"value":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"valueTwo":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"op":{"type":"string","enum":["SCMP_CMP_NE","SCMP_CMP_LT","SCMP_CMP_LE","SCMP_CMP_EQ","SCMP_CMP_GE","SCMP_CMP_GT","SCMP_CMP_MASKED_EQ"]}},"required":["index","value","op"],"additionalProperties":false};

function validate120(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.index === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "index"}}); errors++;
}
if(data.value === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "value"}}); errors++;
}
if(data.op === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "op"}}); errors++;
}
for(const key0 in data){
if(!((((key0 === "index") || (key0 === "value")) || (key0 === "valueTwo")) || (key0 === "op"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.index !== undefined){
let data0 = data.index;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/index",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 5){
vErrors = add(vErrors, {instancePath:instancePath+"/index",keyword:"maximum"}); errors++;
}
if(data0 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/index",keyword:"minimum"}); errors++;
}
}
}
if(data.value !== undefined){
let data1 = data.value;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/value",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/value",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/value",keyword:"minimum"}); errors++;
}
}
}
if(data.valueTwo !== undefined){
let data2 = data.valueTwo;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/valueTwo",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/valueTwo",keyword:"maximum"}); errors++;
}
if(data2 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/valueTwo",keyword:"minimum"}); errors++;
}
}
}
if(data.op !== undefined){
let data3 = data.op;
if(typeof data3 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/op",keyword:"type"}); errors++;
}
if(!(((((((data3 === "SCMP_CMP_NE") || (data3 === "SCMP_CMP_LT")) || (data3 === "SCMP_CMP_LE")) || (data3 === "SCMP_CMP_EQ")) || (data3 === "SCMP_CMP_GE")) || (data3 === "SCMP_CMP_GT")) || (data3 === "SCMP_CMP_MASKED_EQ"))){
vErrors = add(vErrors, {instancePath:instancePath+"/op",keyword:"enum"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate120.errors = vErrors;
return errors === 0;
}


function validate119(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.names === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "names"}}); errors++;
}
if(data.action === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "action"}}); errors++;
}
for(const key0 in data){
if(!((((key0 === "names") || (key0 === "action")) || (key0 === "errnoRet")) || (key0 === "args"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.names !== undefined){
let data0 = data.names;
if(Array.isArray(data0)){
if(data0.length < 1){
vErrors = add(vErrors, {instancePath:instancePath+"/names",keyword:"minItems"}); errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(typeof data0[i0] !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/names/" + i0,keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/names",keyword:"type"}); errors++;
}
}
if(data.action !== undefined){
let data2 = data.action;
if(typeof data2 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/action",keyword:"type"}); errors++;
}
if(!(((((((((data2 === "SCMP_ACT_KILL") || (data2 === "SCMP_ACT_KILL_PROCESS")) || (data2 === "SCMP_ACT_KILL_THREAD")) || (data2 === "SCMP_ACT_TRAP")) || (data2 === "SCMP_ACT_ERRNO")) || (data2 === "SCMP_ACT_TRACE")) || (data2 === "SCMP_ACT_ALLOW")) || (data2 === "SCMP_ACT_LOG")) || (data2 === "SCMP_ACT_NOTIFY"))){
vErrors = add(vErrors, {instancePath:instancePath+"/action",keyword:"enum"}); errors++;
}
}
if(data.errnoRet !== undefined){
let data3 = data.errnoRet;
if(!(Number.isInteger(data3))){
vErrors = add(vErrors, {instancePath:instancePath+"/errnoRet",keyword:"type"}); errors++;
}
if(typeof data3 == "number"){
if(data3 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/errnoRet",keyword:"maximum"}); errors++;
}
if(data3 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/errnoRet",keyword:"minimum"}); errors++;
}
}
}
if(data.args !== undefined){
let data4 = data.args;
if(Array.isArray(data4)){
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
if(!(validate120(data4[i1], {instancePath:instancePath+"/args/" + i1,parentData:data4,parentDataProperty:i1,rootData}))){
vErrors = merge(vErrors, validate120.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/args",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate119.errors = vErrors;
return errors === 0;
}


function validate118(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.defaultAction === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "defaultAction"}}); errors++;
}
for(const key0 in data){
if(!(((((((key0 === "defaultAction") || (key0 === "defaultErrnoRet")) || (key0 === "architectures")) || (key0 === "flags")) || (key0 === "listenerPath")) || (key0 === "listenerMetadata")) || (key0 === "syscalls"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.defaultAction !== undefined){
let data0 = data.defaultAction;
if(typeof data0 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/defaultAction",keyword:"type"}); errors++;
}
if(!(((((((((data0 === "SCMP_ACT_KILL") || (data0 === "SCMP_ACT_KILL_PROCESS")) || (data0 === "SCMP_ACT_KILL_THREAD")) || (data0 === "SCMP_ACT_TRAP")) || (data0 === "SCMP_ACT_ERRNO")) || (data0 === "SCMP_ACT_TRACE")) || (data0 === "SCMP_ACT_ALLOW")) || (data0 === "SCMP_ACT_LOG")) || (data0 === "SCMP_ACT_NOTIFY"))){
vErrors = add(vErrors, {instancePath:instancePath+"/defaultAction",keyword:"enum"}); errors++;
}
}
if(data.defaultErrnoRet !== undefined){
let data1 = data.defaultErrnoRet;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/defaultErrnoRet",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/defaultErrnoRet",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/defaultErrnoRet",keyword:"minimum"}); errors++;
}
}
}
if(data.architectures !== undefined){
let data2 = data.architectures;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/architectures/" + i0,keyword:"type"}); errors++;
}
if(!(((((((((((((((((((((((data3 === "SCMP_ARCH_X86") || (data3 === "SCMP_ARCH_X86_64")) || (data3 === "SCMP_ARCH_X32")) || (data3 === "SCMP_ARCH_ARM")) || (data3 === "SCMP_ARCH_AARCH64")) || (data3 === "SCMP_ARCH_LOONGARCH64")) || (data3 === "SCMP_ARCH_M68K")) || (data3 === "SCMP_ARCH_MIPS")) || (data3 === "SCMP_ARCH_MIPS64")) || (data3 === "SCMP_ARCH_MIPS64N32")) || (data3 === "SCMP_ARCH_MIPSEL")) || (data3 === "SCMP_ARCH_MIPSEL64")) || (data3 === "SCMP_ARCH_MIPSEL64N32")) || (data3 === "SCMP_ARCH_PPC")) || (data3 === "SCMP_ARCH_PPC64")) || (data3 === "SCMP_ARCH_PPC64LE")) || (data3 === "SCMP_ARCH_S390")) || (data3 === "SCMP_ARCH_S390X")) || (data3 === "SCMP_ARCH_SH")) || (data3 === "SCMP_ARCH_SHEB")) || (data3 === "SCMP_ARCH_PARISC")) || (data3 === "SCMP_ARCH_PARISC64")) || (data3 === "SCMP_ARCH_RISCV64"))){
vErrors = add(vErrors, {instancePath:instancePath+"/architectures/" + i0,keyword:"enum"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/architectures",keyword:"type"}); errors++;
}
}
if(data.flags !== undefined){
let data4 = data.flags;
if(Array.isArray(data4)){
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
if(typeof data5 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/flags/" + i1,keyword:"type"}); errors++;
}
if(!((((data5 === "SECCOMP_FILTER_FLAG_TSYNC") || (data5 === "SECCOMP_FILTER_FLAG_LOG")) || (data5 === "SECCOMP_FILTER_FLAG_SPEC_ALLOW")) || (data5 === "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"))){
vErrors = add(vErrors, {instancePath:instancePath+"/flags/" + i1,keyword:"enum"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/flags",keyword:"type"}); errors++;
}
}
if(data.listenerPath !== undefined){
if(typeof data.listenerPath !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/listenerPath",keyword:"type"}); errors++;
}
}
if(data.listenerMetadata !== undefined){
if(typeof data.listenerMetadata !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/listenerMetadata",keyword:"type"}); errors++;
}
}
if(data.syscalls !== undefined){
let data8 = data.syscalls;
if(Array.isArray(data8)){
const len2 = data8.length;
for(let i2=0; i2<len2; i2++){
if(!(validate119(data8[i2], {instancePath:instancePath+"/syscalls/" + i2,parentData:data8,parentDataProperty:i2,rootData}))){
vErrors = merge(vErrors, validate119.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/syscalls",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate118.errors = vErrors;
return errors === 0;
}

const schema48 = {"type":"object","properties":{"domain":{"type":"string","enum":["LINUX","LINUX32"]},"flags":{"$ref":"#/definitions/strings"}},"required":["domain"],"additionalProperties":false};

function validate126(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.domain === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "domain"}}); errors++;
}
for(const key0 in data){
if(!((key0 === "domain") || (key0 === "flags"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.domain !== undefined){
let data0 = data.domain;
if(typeof data0 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/domain",keyword:"type"}); errors++;
}
if(!((data0 === "LINUX") || (data0 === "LINUX32"))){
vErrors = add(vErrors, {instancePath:instancePath+"/domain",keyword:"enum"}); errors++;
}
}
if(data.flags !== undefined){
if(!(validate29(data.flags, {instancePath:instancePath+"/flags",parentData:data,parentDataProperty:"flags",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate126.errors = vErrors;
return errors === 0;
}


function validate69(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema23.properties, key0))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.namespaces !== undefined){
let data0 = data.namespaces;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate70(data0[i0], {instancePath:instancePath+"/namespaces/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate70.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/namespaces",keyword:"type"}); errors++;
}
}
if(data.uidMappings !== undefined){
if(!(validate50(data.uidMappings, {instancePath:instancePath+"/uidMappings",parentData:data,parentDataProperty:"uidMappings",rootData}))){
vErrors = merge(vErrors, validate50.errors);
errors = vErrors.length;
}
}
if(data.gidMappings !== undefined){
if(!(validate50(data.gidMappings, {instancePath:instancePath+"/gidMappings",parentData:data,parentDataProperty:"gidMappings",rootData}))){
vErrors = merge(vErrors, validate50.errors);
errors = vErrors.length;
}
}
if(data.timeOffsets !== undefined){
if(!(validate74(data.timeOffsets, {instancePath:instancePath+"/timeOffsets",parentData:data,parentDataProperty:"timeOffsets",rootData}))){
vErrors = merge(vErrors, validate74.errors);
errors = vErrors.length;
}
}
if(data.devices !== undefined){
let data5 = data.devices;
if(Array.isArray(data5)){
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
if(!(validate80(data5[i1], {instancePath:instancePath+"/devices/" + i1,parentData:data5,parentDataProperty:i1,rootData}))){
vErrors = merge(vErrors, validate80.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/devices",keyword:"type"}); errors++;
}
}
if(data.netDevices !== undefined){
let data7 = data.netDevices;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key1 in data7){
const _errs13 = errors;
if(typeof key1 === "string"){
if(!pattern3.test(key1)){
vErrors = add(vErrors, {instancePath:instancePath+"/netDevices",keyword:"pattern",propertyName:key1}); errors++;
}
}
var valid5 = _errs13 === errors;
if(!valid5){
vErrors = add(vErrors, {instancePath:instancePath+"/netDevices",keyword:"propertyNames",params:{propertyName: key1}}); errors++;
}
}
for(const key2 in data7){
if(!(validate82(data7[key2], {instancePath:instancePath+"/netDevices/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data7,parentDataProperty:key2,rootData}))){
vErrors = merge(vErrors, validate82.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/netDevices",keyword:"type"}); errors++;
}
}
if(data.cgroupsPath !== undefined){
if(typeof data.cgroupsPath !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/cgroupsPath",keyword:"type"}); errors++;
}
}
if(data.resources !== undefined){
if(!(validate84(data.resources, {instancePath:instancePath+"/resources",parentData:data,parentDataProperty:"resources",rootData}))){
vErrors = merge(vErrors, validate84.errors);
errors = vErrors.length;
}
}
if(data.intelRdt !== undefined){
if(!(validate113(data.intelRdt, {instancePath:instancePath+"/intelRdt",parentData:data,parentDataProperty:"intelRdt",rootData}))){
vErrors = merge(vErrors, validate113.errors);
errors = vErrors.length;
}
}
if(data.memoryPolicy !== undefined){
if(!(validate116(data.memoryPolicy, {instancePath:instancePath+"/memoryPolicy",parentData:data,parentDataProperty:"memoryPolicy",rootData}))){
vErrors = merge(vErrors, validate116.errors);
errors = vErrors.length;
}
}
if(data.sysctl !== undefined){
let data13 = data.sysctl;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key3 in data13){
const _errs23 = errors;
if(typeof key3 === "string"){
if(!pattern3.test(key3)){
vErrors = add(vErrors, {instancePath:instancePath+"/sysctl",keyword:"pattern",propertyName:key3}); errors++;
}
}
var valid7 = _errs23 === errors;
if(!valid7){
vErrors = add(vErrors, {instancePath:instancePath+"/sysctl",keyword:"propertyNames",params:{propertyName: key3}}); errors++;
}
}
for(const key4 in data13){
if(typeof data13[key4] !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/sysctl/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/sysctl",keyword:"type"}); errors++;
}
}
if(data.seccomp !== undefined){
if(!(validate118(data.seccomp, {instancePath:instancePath+"/seccomp",parentData:data,parentDataProperty:"seccomp",rootData}))){
vErrors = merge(vErrors, validate118.errors);
errors = vErrors.length;
}
}
if(data.rootfsPropagation !== undefined){
let data16 = data.rootfsPropagation;
if(typeof data16 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/rootfsPropagation",keyword:"type"}); errors++;
}
if(!((((((((data16 === "shared") || (data16 === "slave")) || (data16 === "private")) || (data16 === "unbindable")) || (data16 === "rshared")) || (data16 === "rslave")) || (data16 === "rprivate")) || (data16 === "runbindable"))){
vErrors = add(vErrors, {instancePath:instancePath+"/rootfsPropagation",keyword:"enum"}); errors++;
}
}
if(data.maskedPaths !== undefined){
if(!(validate29(data.maskedPaths, {instancePath:instancePath+"/maskedPaths",parentData:data,parentDataProperty:"maskedPaths",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.readonlyPaths !== undefined){
if(!(validate29(data.readonlyPaths, {instancePath:instancePath+"/readonlyPaths",parentData:data,parentDataProperty:"readonlyPaths",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.mountLabel !== undefined){
if(typeof data.mountLabel !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/mountLabel",keyword:"type"}); errors++;
}
}
if(data.personality !== undefined){
if(!(validate126(data.personality, {instancePath:instancePath+"/personality",parentData:data,parentDataProperty:"personality",rootData}))){
vErrors = merge(vErrors, validate126.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate69.errors = vErrors;
return errors === 0;
}

const schema49 = {"type":"object","properties":{"milestone":{"type":"string"},"limitpriv":{"type":"string"},"maxShmMemory":{"type":"string"},"cappedCPU":{"$ref":"#/definitions/config.solaris.cappedCPU"},"cappedMemory":{"$ref":"#/definitions/config.solaris.cappedMemory"},"anet":{"type":"array","items":{"$ref":"#/definitions/config.solaris.anet.items"}}},"required":[],"additionalProperties":false};
const schema50 = {"type":"object","properties":{"ncpus":{"type":"string"}},"required":[],"additionalProperties":false};

function validate131(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "ncpus")){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.ncpus !== undefined){
if(typeof data.ncpus !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/ncpus",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate131.errors = vErrors;
return errors === 0;
}

const schema51 = {"type":"object","properties":{"physical":{"type":"string"},"swap":{"type":"string"}},"required":[],"additionalProperties":false};

function validate133(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "physical") || (key0 === "swap"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.physical !== undefined){
if(typeof data.physical !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/physical",keyword:"type"}); errors++;
}
}
if(data.swap !== undefined){
if(typeof data.swap !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/swap",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate133.errors = vErrors;
return errors === 0;
}

const schema52 = {"type":"object","properties":{"linkname":{"type":"string"},"lowerLink":{"type":"string"},"allowedAddress":{"type":"string"},"configureAllowedAddress":{"type":"string"},"defrouter":{"type":"string"},"macAddress":{"type":"string"},"linkProtection":{"type":"string"}},"required":[],"additionalProperties":false};

function validate135(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "linkname") || (key0 === "lowerLink")) || (key0 === "allowedAddress")) || (key0 === "configureAllowedAddress")) || (key0 === "defrouter")) || (key0 === "macAddress")) || (key0 === "linkProtection"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.linkname !== undefined){
if(typeof data.linkname !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/linkname",keyword:"type"}); errors++;
}
}
if(data.lowerLink !== undefined){
if(typeof data.lowerLink !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/lowerLink",keyword:"type"}); errors++;
}
}
if(data.allowedAddress !== undefined){
if(typeof data.allowedAddress !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/allowedAddress",keyword:"type"}); errors++;
}
}
if(data.configureAllowedAddress !== undefined){
if(typeof data.configureAllowedAddress !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/configureAllowedAddress",keyword:"type"}); errors++;
}
}
if(data.defrouter !== undefined){
if(typeof data.defrouter !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/defrouter",keyword:"type"}); errors++;
}
}
if(data.macAddress !== undefined){
if(typeof data.macAddress !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/macAddress",keyword:"type"}); errors++;
}
}
if(data.linkProtection !== undefined){
if(typeof data.linkProtection !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/linkProtection",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate135.errors = vErrors;
return errors === 0;
}


function validate130(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "milestone") || (key0 === "limitpriv")) || (key0 === "maxShmMemory")) || (key0 === "cappedCPU")) || (key0 === "cappedMemory")) || (key0 === "anet"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.milestone !== undefined){
if(typeof data.milestone !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/milestone",keyword:"type"}); errors++;
}
}
if(data.limitpriv !== undefined){
if(typeof data.limitpriv !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/limitpriv",keyword:"type"}); errors++;
}
}
if(data.maxShmMemory !== undefined){
if(typeof data.maxShmMemory !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/maxShmMemory",keyword:"type"}); errors++;
}
}
if(data.cappedCPU !== undefined){
if(!(validate131(data.cappedCPU, {instancePath:instancePath+"/cappedCPU",parentData:data,parentDataProperty:"cappedCPU",rootData}))){
vErrors = merge(vErrors, validate131.errors);
errors = vErrors.length;
}
}
if(data.cappedMemory !== undefined){
if(!(validate133(data.cappedMemory, {instancePath:instancePath+"/cappedMemory",parentData:data,parentDataProperty:"cappedMemory",rootData}))){
vErrors = merge(vErrors, validate133.errors);
errors = vErrors.length;
}
}
if(data.anet !== undefined){
let data5 = data.anet;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
if(!(validate135(data5[i0], {instancePath:instancePath+"/anet/" + i0,parentData:data5,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate135.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/anet",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate130.errors = vErrors;
return errors === 0;
}

const schema53 = {"type":"object","properties":{"layerFolders":{"type":"array","items":{"type":"string"},"minItems":1},"devices":{"type":"array","items":{"$ref":"#/definitions/config.windows.devices.items"}},"resources":{"$ref":"#/definitions/config.windows.resources"},"network":{"$ref":"#/definitions/config.windows.network"},"credentialSpec":{"type":"object"},"servicing":{"type":"boolean"},"ignoreFlushesDuringBoot":{"type":"boolean"},"hyperv":{"$ref":"#/definitions/config.windows.hyperv"}},"required":["layerFolders"],"additionalProperties":false};
const schema54 = {"type":"object","properties":{"id":{"type":"string"},"idType":{"type":"string","enum":["class"]}},"required":["id","idType"],"additionalProperties":false};

function validate139(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "id"}}); errors++;
}
if(data.idType === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "idType"}}); errors++;
}
for(const key0 in data){
if(!((key0 === "id") || (key0 === "idType"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/id",keyword:"type"}); errors++;
}
}
if(data.idType !== undefined){
let data1 = data.idType;
if(typeof data1 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/idType",keyword:"type"}); errors++;
}
if(!(data1 === "class")){
vErrors = add(vErrors, {instancePath:instancePath+"/idType",keyword:"enum"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate139.errors = vErrors;
return errors === 0;
}

const schema55 = {"type":"object","properties":{"memory":{"$ref":"#/definitions/config.windows.resources.memory"},"cpu":{"$ref":"#/definitions/config.windows.resources.cpu"},"storage":{"$ref":"#/definitions/config.windows.resources.storage"}},"required":[],"additionalProperties":false};
const schema56 = {"type":"object","properties":{"limit":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":[],"additionalProperties":false};

function validate142(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "limit")){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.limit !== undefined){
let data0 = data.limit;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/limit",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/limit",keyword:"maximum"}); errors++;
}
if(data0 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/limit",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate142.errors = vErrors;
return errors === 0;
}

const schema57 = {"type":"object","properties":{"count":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"shares":{"type":"integer","minimum":0,"maximum":65535},"maximum":{"type":"integer","minimum":0,"maximum":65535},"affinity":{"$ref":"#/definitions/config.windows.resources.cpu.affinity"}},"required":[],"additionalProperties":false};
const schema58 = {"type":"object","properties":{"mask":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"group":{"type":"integer","minimum":0,"maximum":4294967295}},"required":[],"additionalProperties":false};

function validate145(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "mask") || (key0 === "group"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.mask !== undefined){
let data0 = data.mask;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/mask",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/mask",keyword:"maximum"}); errors++;
}
if(data0 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/mask",keyword:"minimum"}); errors++;
}
}
}
if(data.group !== undefined){
let data1 = data.group;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/group",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/group",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/group",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate145.errors = vErrors;
return errors === 0;
}


function validate144(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "count") || (key0 === "shares")) || (key0 === "maximum")) || (key0 === "affinity"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.count !== undefined){
let data0 = data.count;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/count",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/count",keyword:"maximum"}); errors++;
}
if(data0 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/count",keyword:"minimum"}); errors++;
}
}
}
if(data.shares !== undefined){
let data1 = data.shares;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/shares",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 65535){
vErrors = add(vErrors, {instancePath:instancePath+"/shares",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/shares",keyword:"minimum"}); errors++;
}
}
}
if(data.maximum !== undefined){
let data2 = data.maximum;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/maximum",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 65535){
vErrors = add(vErrors, {instancePath:instancePath+"/maximum",keyword:"maximum"}); errors++;
}
if(data2 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/maximum",keyword:"minimum"}); errors++;
}
}
}
if(data.affinity !== undefined){
if(!(validate145(data.affinity, {instancePath:instancePath+"/affinity",parentData:data,parentDataProperty:"affinity",rootData}))){
vErrors = merge(vErrors, validate145.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate144.errors = vErrors;
return errors === 0;
}

const schema59 = {"type":"object","properties":{"iops":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"bps":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"sandboxSize":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":[],"additionalProperties":false};

function validate148(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "iops") || (key0 === "bps")) || (key0 === "sandboxSize"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.iops !== undefined){
let data0 = data.iops;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/iops",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/iops",keyword:"maximum"}); errors++;
}
if(data0 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/iops",keyword:"minimum"}); errors++;
}
}
}
if(data.bps !== undefined){
let data1 = data.bps;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/bps",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/bps",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/bps",keyword:"minimum"}); errors++;
}
}
}
if(data.sandboxSize !== undefined){
let data2 = data.sandboxSize;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/sandboxSize",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/sandboxSize",keyword:"maximum"}); errors++;
}
if(data2 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/sandboxSize",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate148.errors = vErrors;
return errors === 0;
}


function validate141(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "memory") || (key0 === "cpu")) || (key0 === "storage"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.memory !== undefined){
if(!(validate142(data.memory, {instancePath:instancePath+"/memory",parentData:data,parentDataProperty:"memory",rootData}))){
vErrors = merge(vErrors, validate142.errors);
errors = vErrors.length;
}
}
if(data.cpu !== undefined){
if(!(validate144(data.cpu, {instancePath:instancePath+"/cpu",parentData:data,parentDataProperty:"cpu",rootData}))){
vErrors = merge(vErrors, validate144.errors);
errors = vErrors.length;
}
}
if(data.storage !== undefined){
if(!(validate148(data.storage, {instancePath:instancePath+"/storage",parentData:data,parentDataProperty:"storage",rootData}))){
vErrors = merge(vErrors, validate148.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate141.errors = vErrors;
return errors === 0;
}

const schema60 = {"type":"object","properties":{"endpointList":{"$ref":"#/definitions/strings"},"allowUnqualifiedDNSQuery":{"type":"boolean"},"DNSSearchList":{"$ref":"#/definitions/strings"},"networkSharedContainerName":{"type":"string"},"networkNamespace":{"type":"string"}},"required":[],"additionalProperties":false};

function validate151(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "endpointList") || (key0 === "allowUnqualifiedDNSQuery")) || (key0 === "DNSSearchList")) || (key0 === "networkSharedContainerName")) || (key0 === "networkNamespace"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.endpointList !== undefined){
if(!(validate29(data.endpointList, {instancePath:instancePath+"/endpointList",parentData:data,parentDataProperty:"endpointList",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.allowUnqualifiedDNSQuery !== undefined){
if(typeof data.allowUnqualifiedDNSQuery !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/allowUnqualifiedDNSQuery",keyword:"type"}); errors++;
}
}
if(data.DNSSearchList !== undefined){
if(!(validate29(data.DNSSearchList, {instancePath:instancePath+"/DNSSearchList",parentData:data,parentDataProperty:"DNSSearchList",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.networkSharedContainerName !== undefined){
if(typeof data.networkSharedContainerName !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/networkSharedContainerName",keyword:"type"}); errors++;
}
}
if(data.networkNamespace !== undefined){
if(typeof data.networkNamespace !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/networkNamespace",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate151.errors = vErrors;
return errors === 0;
}

const schema61 = {"type":"object","properties":{"utilityVMPath":{"type":"string"}},"required":[],"additionalProperties":false};

function validate155(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "utilityVMPath")){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.utilityVMPath !== undefined){
if(typeof data.utilityVMPath !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/utilityVMPath",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate155.errors = vErrors;
return errors === 0;
}


function validate138(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.layerFolders === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "layerFolders"}}); errors++;
}
for(const key0 in data){
if(!((((((((key0 === "layerFolders") || (key0 === "devices")) || (key0 === "resources")) || (key0 === "network")) || (key0 === "credentialSpec")) || (key0 === "servicing")) || (key0 === "ignoreFlushesDuringBoot")) || (key0 === "hyperv"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.layerFolders !== undefined){
let data0 = data.layerFolders;
if(Array.isArray(data0)){
if(data0.length < 1){
vErrors = add(vErrors, {instancePath:instancePath+"/layerFolders",keyword:"minItems"}); errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(typeof data0[i0] !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/layerFolders/" + i0,keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/layerFolders",keyword:"type"}); errors++;
}
}
if(data.devices !== undefined){
let data2 = data.devices;
if(Array.isArray(data2)){
const len1 = data2.length;
for(let i1=0; i1<len1; i1++){
if(!(validate139(data2[i1], {instancePath:instancePath+"/devices/" + i1,parentData:data2,parentDataProperty:i1,rootData}))){
vErrors = merge(vErrors, validate139.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/devices",keyword:"type"}); errors++;
}
}
if(data.resources !== undefined){
if(!(validate141(data.resources, {instancePath:instancePath+"/resources",parentData:data,parentDataProperty:"resources",rootData}))){
vErrors = merge(vErrors, validate141.errors);
errors = vErrors.length;
}
}
if(data.network !== undefined){
if(!(validate151(data.network, {instancePath:instancePath+"/network",parentData:data,parentDataProperty:"network",rootData}))){
vErrors = merge(vErrors, validate151.errors);
errors = vErrors.length;
}
}
if(data.credentialSpec !== undefined){
let data6 = data.credentialSpec;
if(!(data6 && typeof data6 == "object" && !Array.isArray(data6))){
vErrors = add(vErrors, {instancePath:instancePath+"/credentialSpec",keyword:"type"}); errors++;
}
}
if(data.servicing !== undefined){
if(typeof data.servicing !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/servicing",keyword:"type"}); errors++;
}
}
if(data.ignoreFlushesDuringBoot !== undefined){
if(typeof data.ignoreFlushesDuringBoot !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/ignoreFlushesDuringBoot",keyword:"type"}); errors++;
}
}
if(data.hyperv !== undefined){
if(!(validate155(data.hyperv, {instancePath:instancePath+"/hyperv",parentData:data,parentDataProperty:"hyperv",rootData}))){
vErrors = merge(vErrors, validate155.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate138.errors = vErrors;
return errors === 0;
}

const schema62 = {"type":"object","properties":{"hypervisor":{"$ref":"#/definitions/config.vm.hypervisor"},"kernel":{"$ref":"#/definitions/config.vm.kernel"},"image":{"$ref":"#/definitions/config.vm.image"},"hwConfig":{"$ref":"#/definitions/config.vm.hwConfig"}},"required":["kernel"],"additionalProperties":false};
const schema63 = {"type":"object","properties":{"path":{"type":"string"},"parameters":{"$ref":"#/definitions/strings"}},"required":["path"],"additionalProperties":false};

function validate159(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "path"}}); errors++;
}
for(const key0 in data){
if(!((key0 === "path") || (key0 === "parameters"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.path !== undefined){
if(typeof data.path !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/path",keyword:"type"}); errors++;
}
}
if(data.parameters !== undefined){
if(!(validate29(data.parameters, {instancePath:instancePath+"/parameters",parentData:data,parentDataProperty:"parameters",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate159.errors = vErrors;
return errors === 0;
}

const schema64 = {"type":"object","properties":{"path":{"type":"string"},"parameters":{"$ref":"#/definitions/strings"},"initrd":{"type":"string"}},"required":["path"],"additionalProperties":false};

function validate162(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "path"}}); errors++;
}
for(const key0 in data){
if(!(((key0 === "path") || (key0 === "parameters")) || (key0 === "initrd"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.path !== undefined){
if(typeof data.path !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/path",keyword:"type"}); errors++;
}
}
if(data.parameters !== undefined){
if(!(validate29(data.parameters, {instancePath:instancePath+"/parameters",parentData:data,parentDataProperty:"parameters",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.initrd !== undefined){
if(typeof data.initrd !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/initrd",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate162.errors = vErrors;
return errors === 0;
}

const schema65 = {"type":"object","properties":{"path":{"type":"string"},"format":{"type":"string","enum":["raw","qcow2","vdi","vmdk","vhd"]}},"required":["path","format"],"additionalProperties":false};

function validate165(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "path"}}); errors++;
}
if(data.format === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "format"}}); errors++;
}
for(const key0 in data){
if(!((key0 === "path") || (key0 === "format"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.path !== undefined){
if(typeof data.path !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/path",keyword:"type"}); errors++;
}
}
if(data.format !== undefined){
let data1 = data.format;
if(typeof data1 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/format",keyword:"type"}); errors++;
}
if(!(((((data1 === "raw") || (data1 === "qcow2")) || (data1 === "vdi")) || (data1 === "vmdk")) || (data1 === "vhd"))){
vErrors = add(vErrors, {instancePath:instancePath+"/format",keyword:"enum"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate165.errors = vErrors;
return errors === 0;
}

const schema66 = {"type":"object","properties":{"deviceTree":{"type":"string"},"vcpus":{"type":"integer","minimum":0,"maximum":4294967295},"memory":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"dtdevs":{"$ref":"#/definitions/strings"},"iomems":{"type":"array","items":{"$ref":"#/definitions/config.vm.hwConfig.iomems.items"}},"irqs":{"type":"array","items":{"type":"integer","minimum":0,"maximum":4294967295}}},"required":[],"additionalProperties":false};
const schema67 = {"type":"object","properties":{"firstGFN":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"firstMFN":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"},"nrMFNs":{"type":"integer","minimum":0,"maximum":18446744073709552000,"description":"an unsigned 64-bit integer"}},"required":["firstMFN","nrMFNs"],"additionalProperties":false};

function validate169(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.firstMFN === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "firstMFN"}}); errors++;
}
if(data.nrMFNs === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "nrMFNs"}}); errors++;
}
for(const key0 in data){
if(!(((key0 === "firstGFN") || (key0 === "firstMFN")) || (key0 === "nrMFNs"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.firstGFN !== undefined){
let data0 = data.firstGFN;
if(!(Number.isInteger(data0))){
vErrors = add(vErrors, {instancePath:instancePath+"/firstGFN",keyword:"type"}); errors++;
}
if(typeof data0 == "number"){
if(data0 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/firstGFN",keyword:"maximum"}); errors++;
}
if(data0 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/firstGFN",keyword:"minimum"}); errors++;
}
}
}
if(data.firstMFN !== undefined){
let data1 = data.firstMFN;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/firstMFN",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/firstMFN",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/firstMFN",keyword:"minimum"}); errors++;
}
}
}
if(data.nrMFNs !== undefined){
let data2 = data.nrMFNs;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/nrMFNs",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/nrMFNs",keyword:"maximum"}); errors++;
}
if(data2 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/nrMFNs",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate169.errors = vErrors;
return errors === 0;
}


function validate167(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "deviceTree") || (key0 === "vcpus")) || (key0 === "memory")) || (key0 === "dtdevs")) || (key0 === "iomems")) || (key0 === "irqs"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.deviceTree !== undefined){
if(typeof data.deviceTree !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/deviceTree",keyword:"type"}); errors++;
}
}
if(data.vcpus !== undefined){
let data1 = data.vcpus;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/vcpus",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/vcpus",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/vcpus",keyword:"minimum"}); errors++;
}
}
}
if(data.memory !== undefined){
let data2 = data.memory;
if(!(Number.isInteger(data2))){
vErrors = add(vErrors, {instancePath:instancePath+"/memory",keyword:"type"}); errors++;
}
if(typeof data2 == "number"){
if(data2 > 18446744073709552000){
vErrors = add(vErrors, {instancePath:instancePath+"/memory",keyword:"maximum"}); errors++;
}
if(data2 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/memory",keyword:"minimum"}); errors++;
}
}
}
if(data.dtdevs !== undefined){
if(!(validate29(data.dtdevs, {instancePath:instancePath+"/dtdevs",parentData:data,parentDataProperty:"dtdevs",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.iomems !== undefined){
let data4 = data.iomems;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
if(!(validate169(data4[i0], {instancePath:instancePath+"/iomems/" + i0,parentData:data4,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate169.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/iomems",keyword:"type"}); errors++;
}
}
if(data.irqs !== undefined){
let data6 = data.irqs;
if(Array.isArray(data6)){
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
let data7 = data6[i1];
if(!(Number.isInteger(data7))){
vErrors = add(vErrors, {instancePath:instancePath+"/irqs/" + i1,keyword:"type"}); errors++;
}
if(typeof data7 == "number"){
if(data7 > 4294967295){
vErrors = add(vErrors, {instancePath:instancePath+"/irqs/" + i1,keyword:"maximum"}); errors++;
}
if(data7 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/irqs/" + i1,keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/irqs",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate167.errors = vErrors;
return errors === 0;
}


function validate158(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.kernel === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "kernel"}}); errors++;
}
for(const key0 in data){
if(!((((key0 === "hypervisor") || (key0 === "kernel")) || (key0 === "image")) || (key0 === "hwConfig"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.hypervisor !== undefined){
if(!(validate159(data.hypervisor, {instancePath:instancePath+"/hypervisor",parentData:data,parentDataProperty:"hypervisor",rootData}))){
vErrors = merge(vErrors, validate159.errors);
errors = vErrors.length;
}
}
if(data.kernel !== undefined){
if(!(validate162(data.kernel, {instancePath:instancePath+"/kernel",parentData:data,parentDataProperty:"kernel",rootData}))){
vErrors = merge(vErrors, validate162.errors);
errors = vErrors.length;
}
}
if(data.image !== undefined){
if(!(validate165(data.image, {instancePath:instancePath+"/image",parentData:data,parentDataProperty:"image",rootData}))){
vErrors = merge(vErrors, validate165.errors);
errors = vErrors.length;
}
}
if(data.hwConfig !== undefined){
if(!(validate167(data.hwConfig, {instancePath:instancePath+"/hwConfig",parentData:data,parentDataProperty:"hwConfig",rootData}))){
vErrors = merge(vErrors, validate167.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate158.errors = vErrors;
return errors === 0;
}

const schema68 = {"type":"object","properties":{"namespaces":{"type":"array","items":{"$ref":"#/definitions/config.zos.namespaces.items"}}},"required":[],"additionalProperties":false};
const schema69 = {"type":"object","properties":{"type":{"type":"string","enum":["mount","pid","uts","ipc"]},"path":{"type":"string"}},"required":["type"],"additionalProperties":false};

function validate174(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "type"}}); errors++;
}
for(const key0 in data){
if(!((key0 === "type") || (key0 === "path"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/type",keyword:"type"}); errors++;
}
if(!((((data0 === "mount") || (data0 === "pid")) || (data0 === "uts")) || (data0 === "ipc"))){
vErrors = add(vErrors, {instancePath:instancePath+"/type",keyword:"enum"}); errors++;
}
}
if(data.path !== undefined){
if(typeof data.path !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/path",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate174.errors = vErrors;
return errors === 0;
}


function validate173(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "namespaces")){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.namespaces !== undefined){
let data0 = data.namespaces;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate174(data0[i0], {instancePath:instancePath+"/namespaces/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate174.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/namespaces",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate173.errors = vErrors;
return errors === 0;
}

const schema70 = {"type":"object","properties":{"devices":{"type":"array","items":{"$ref":"#/definitions/config.freebsd.devices.items"}},"jail":{"$ref":"#/definitions/config.freebsd.jail"}},"required":[],"additionalProperties":false};
const schema71 = {"type":"object","properties":{"path":{"type":"string"},"mode":{"type":"integer","minimum":0,"maximum":511}},"required":[],"additionalProperties":false};

function validate178(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "path") || (key0 === "mode"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.path !== undefined){
if(typeof data.path !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/path",keyword:"type"}); errors++;
}
}
if(data.mode !== undefined){
let data1 = data.mode;
if(!(Number.isInteger(data1))){
vErrors = add(vErrors, {instancePath:instancePath+"/mode",keyword:"type"}); errors++;
}
if(typeof data1 == "number"){
if(data1 > 511){
vErrors = add(vErrors, {instancePath:instancePath+"/mode",keyword:"maximum"}); errors++;
}
if(data1 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/mode",keyword:"minimum"}); errors++;
}
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate178.errors = vErrors;
return errors === 0;
}

const schema72 = {"type":"object","properties":{"parent":{"type":"string"},"host":{"type":"string","enum":["new","inherit"]},"ip4":{"type":"string","enum":["disable","new","inherit"]},"ip4Addr":{"$ref":"#/definitions/strings"},"ip6":{"type":"string","enum":["disable","new","inherit"]},"ip6Addr":{"$ref":"#/definitions/strings"},"vnet":{"type":"string","enum":["new","inherit"]},"interface":{"type":"string"},"vnetInterfaces":{"$ref":"#/definitions/strings"},"sysvmsg":{"type":"string","enum":["disable","new","inherit"]},"sysvsem":{"type":"string","enum":["disable","new","inherit"]},"sysvshm":{"type":"string","enum":["disable","new","inherit"]},"enforceStatfs":{"type":"integer","minimum":0,"maximum":255},"allow":{"$ref":"#/definitions/config.freebsd.jail.allow"}},"required":[],"additionalProperties":false};
const schema73 = {"type":"object","properties":{"setHostname":{"type":"boolean"},"rawSockets":{"type":"boolean"},"chflags":{"type":"boolean"},"mount":{"$ref":"#/definitions/strings"},"quotas":{"type":"boolean"},"socketAf":{"type":"boolean"},"mlock":{"type":"boolean"},"reservedPorts":{"type":"boolean"},"suser":{"type":"boolean"}},"required":[],"additionalProperties":false};

function validate184(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema73.properties, key0))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.setHostname !== undefined){
if(typeof data.setHostname !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/setHostname",keyword:"type"}); errors++;
}
}
if(data.rawSockets !== undefined){
if(typeof data.rawSockets !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/rawSockets",keyword:"type"}); errors++;
}
}
if(data.chflags !== undefined){
if(typeof data.chflags !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/chflags",keyword:"type"}); errors++;
}
}
if(data.mount !== undefined){
if(!(validate29(data.mount, {instancePath:instancePath+"/mount",parentData:data,parentDataProperty:"mount",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.quotas !== undefined){
if(typeof data.quotas !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/quotas",keyword:"type"}); errors++;
}
}
if(data.socketAf !== undefined){
if(typeof data.socketAf !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/socketAf",keyword:"type"}); errors++;
}
}
if(data.mlock !== undefined){
if(typeof data.mlock !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/mlock",keyword:"type"}); errors++;
}
}
if(data.reservedPorts !== undefined){
if(typeof data.reservedPorts !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/reservedPorts",keyword:"type"}); errors++;
}
}
if(data.suser !== undefined){
if(typeof data.suser !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/suser",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate184.errors = vErrors;
return errors === 0;
}


function validate180(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema72.properties, key0))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.parent !== undefined){
if(typeof data.parent !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/parent",keyword:"type"}); errors++;
}
}
if(data.host !== undefined){
let data1 = data.host;
if(typeof data1 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/host",keyword:"type"}); errors++;
}
if(!((data1 === "new") || (data1 === "inherit"))){
vErrors = add(vErrors, {instancePath:instancePath+"/host",keyword:"enum"}); errors++;
}
}
if(data.ip4 !== undefined){
let data2 = data.ip4;
if(typeof data2 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/ip4",keyword:"type"}); errors++;
}
if(!(((data2 === "disable") || (data2 === "new")) || (data2 === "inherit"))){
vErrors = add(vErrors, {instancePath:instancePath+"/ip4",keyword:"enum"}); errors++;
}
}
if(data.ip4Addr !== undefined){
if(!(validate29(data.ip4Addr, {instancePath:instancePath+"/ip4Addr",parentData:data,parentDataProperty:"ip4Addr",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.ip6 !== undefined){
let data4 = data.ip6;
if(typeof data4 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/ip6",keyword:"type"}); errors++;
}
if(!(((data4 === "disable") || (data4 === "new")) || (data4 === "inherit"))){
vErrors = add(vErrors, {instancePath:instancePath+"/ip6",keyword:"enum"}); errors++;
}
}
if(data.ip6Addr !== undefined){
if(!(validate29(data.ip6Addr, {instancePath:instancePath+"/ip6Addr",parentData:data,parentDataProperty:"ip6Addr",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.vnet !== undefined){
let data6 = data.vnet;
if(typeof data6 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/vnet",keyword:"type"}); errors++;
}
if(!((data6 === "new") || (data6 === "inherit"))){
vErrors = add(vErrors, {instancePath:instancePath+"/vnet",keyword:"enum"}); errors++;
}
}
if(data.interface !== undefined){
if(typeof data.interface !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/interface",keyword:"type"}); errors++;
}
}
if(data.vnetInterfaces !== undefined){
if(!(validate29(data.vnetInterfaces, {instancePath:instancePath+"/vnetInterfaces",parentData:data,parentDataProperty:"vnetInterfaces",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.sysvmsg !== undefined){
let data9 = data.sysvmsg;
if(typeof data9 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/sysvmsg",keyword:"type"}); errors++;
}
if(!(((data9 === "disable") || (data9 === "new")) || (data9 === "inherit"))){
vErrors = add(vErrors, {instancePath:instancePath+"/sysvmsg",keyword:"enum"}); errors++;
}
}
if(data.sysvsem !== undefined){
let data10 = data.sysvsem;
if(typeof data10 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/sysvsem",keyword:"type"}); errors++;
}
if(!(((data10 === "disable") || (data10 === "new")) || (data10 === "inherit"))){
vErrors = add(vErrors, {instancePath:instancePath+"/sysvsem",keyword:"enum"}); errors++;
}
}
if(data.sysvshm !== undefined){
let data11 = data.sysvshm;
if(typeof data11 !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/sysvshm",keyword:"type"}); errors++;
}
if(!(((data11 === "disable") || (data11 === "new")) || (data11 === "inherit"))){
vErrors = add(vErrors, {instancePath:instancePath+"/sysvshm",keyword:"enum"}); errors++;
}
}
if(data.enforceStatfs !== undefined){
let data12 = data.enforceStatfs;
if(!(Number.isInteger(data12))){
vErrors = add(vErrors, {instancePath:instancePath+"/enforceStatfs",keyword:"type"}); errors++;
}
if(typeof data12 == "number"){
if(data12 > 255){
vErrors = add(vErrors, {instancePath:instancePath+"/enforceStatfs",keyword:"maximum"}); errors++;
}
if(data12 < 0){
vErrors = add(vErrors, {instancePath:instancePath+"/enforceStatfs",keyword:"minimum"}); errors++;
}
}
}
if(data.allow !== undefined){
if(!(validate184(data.allow, {instancePath:instancePath+"/allow",parentData:data,parentDataProperty:"allow",rootData}))){
vErrors = merge(vErrors, validate184.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate180.errors = vErrors;
return errors === 0;
}


function validate177(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "devices") || (key0 === "jail"))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.devices !== undefined){
let data0 = data.devices;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate178(data0[i0], {instancePath:instancePath+"/devices/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate178.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/devices",keyword:"type"}); errors++;
}
}
if(data.jail !== undefined){
if(!(validate180(data.jail, {instancePath:instancePath+"/jail",parentData:data,parentDataProperty:"jail",rootData}))){
vErrors = merge(vErrors, validate180.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate177.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.ociVersion === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "ociVersion"}}); errors++;
}
for(const key0 in data){
if(!(func2.call(schema6.properties, key0))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.ociVersion !== undefined){
if(typeof data.ociVersion !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/ociVersion",keyword:"type"}); errors++;
}
}
if(data.root !== undefined){
if(!(validate22(data.root, {instancePath:instancePath+"/root",parentData:data,parentDataProperty:"root",rootData}))){
vErrors = merge(vErrors, validate22.errors);
errors = vErrors.length;
}
}
if(data.process !== undefined){
if(!(validate24(data.process, {instancePath:instancePath+"/process",parentData:data,parentDataProperty:"process",rootData}))){
vErrors = merge(vErrors, validate24.errors);
errors = vErrors.length;
}
}
if(data.hostname !== undefined){
if(typeof data.hostname !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/hostname",keyword:"type"}); errors++;
}
}
if(data.domainname !== undefined){
if(typeof data.domainname !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/domainname",keyword:"type"}); errors++;
}
}
if(data.mounts !== undefined){
let data5 = data.mounts;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
if(!(validate48(data5[i0], {instancePath:instancePath+"/mounts/" + i0,parentData:data5,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate48.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/mounts",keyword:"type"}); errors++;
}
}
if(data.hooks !== undefined){
if(!(validate56(data.hooks, {instancePath:instancePath+"/hooks",parentData:data,parentDataProperty:"hooks",rootData}))){
vErrors = merge(vErrors, validate56.errors);
errors = vErrors.length;
}
}
if(data.annotations !== undefined){
let data8 = data.annotations;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key1 in data8){
const _errs16 = errors;
if(typeof key1 === "string"){
if(!pattern3.test(key1)){
vErrors = add(vErrors, {instancePath:instancePath+"/annotations",keyword:"pattern",propertyName:key1}); errors++;
}
}
var valid3 = _errs16 === errors;
if(!valid3){
vErrors = add(vErrors, {instancePath:instancePath+"/annotations",keyword:"propertyNames",params:{propertyName: key1}}); errors++;
}
}
for(const key2 in data8){
if(typeof data8[key2] !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/annotations/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/annotations",keyword:"type"}); errors++;
}
}
if(data.linux !== undefined){
if(!(validate69(data.linux, {instancePath:instancePath+"/linux",parentData:data,parentDataProperty:"linux",rootData}))){
vErrors = merge(vErrors, validate69.errors);
errors = vErrors.length;
}
}
if(data.solaris !== undefined){
if(!(validate130(data.solaris, {instancePath:instancePath+"/solaris",parentData:data,parentDataProperty:"solaris",rootData}))){
vErrors = merge(vErrors, validate130.errors);
errors = vErrors.length;
}
}
if(data.windows !== undefined){
if(!(validate138(data.windows, {instancePath:instancePath+"/windows",parentData:data,parentDataProperty:"windows",rootData}))){
vErrors = merge(vErrors, validate138.errors);
errors = vErrors.length;
}
}
if(data.vm !== undefined){
if(!(validate158(data.vm, {instancePath:instancePath+"/vm",parentData:data,parentDataProperty:"vm",rootData}))){
vErrors = merge(vErrors, validate158.errors);
errors = vErrors.length;
}
}
if(data.zos !== undefined){
if(!(validate173(data.zos, {instancePath:instancePath+"/zos",parentData:data,parentDataProperty:"zos",rootData}))){
vErrors = merge(vErrors, validate173.errors);
errors = vErrors.length;
}
}
if(data.freebsd !== undefined){
if(!(validate177(data.freebsd, {instancePath:instancePath+"/freebsd",parentData:data,parentDataProperty:"freebsd",rootData}))){
vErrors = merge(vErrors, validate177.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateProcess = validate189;

function validate189(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.cwd === undefined){
vErrors = add(vErrors, {instancePath,keyword:"required",params:{missingProperty: "cwd"}}); errors++;
}
for(const key0 in data){
if(!(func2.call(schema8.properties, key0))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.terminal !== undefined){
if(typeof data.terminal !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/terminal",keyword:"type"}); errors++;
}
}
if(data.consoleSize !== undefined){
if(!(validate25(data.consoleSize, {instancePath:instancePath+"/consoleSize",parentData:data,parentDataProperty:"consoleSize",rootData}))){
vErrors = merge(vErrors, validate25.errors);
errors = vErrors.length;
}
}
if(data.user !== undefined){
if(!(validate27(data.user, {instancePath:instancePath+"/user",parentData:data,parentDataProperty:"user",rootData}))){
vErrors = merge(vErrors, validate27.errors);
errors = vErrors.length;
}
}
if(data.args !== undefined){
if(!(validate29(data.args, {instancePath:instancePath+"/args",parentData:data,parentDataProperty:"args",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.commandLine !== undefined){
if(typeof data.commandLine !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/commandLine",keyword:"type"}); errors++;
}
}
if(data.env !== undefined){
if(!(validate29(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData}))){
vErrors = merge(vErrors, validate29.errors);
errors = vErrors.length;
}
}
if(data.cwd !== undefined){
if(typeof data.cwd !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/cwd",keyword:"type"}); errors++;
}
}
if(data.capabilities !== undefined){
if(!(validate32(data.capabilities, {instancePath:instancePath+"/capabilities",parentData:data,parentDataProperty:"capabilities",rootData}))){
vErrors = merge(vErrors, validate32.errors);
errors = vErrors.length;
}
}
if(data.rlimits !== undefined){
let data8 = data.rlimits;
if(Array.isArray(data8)){
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
if(!(validate39(data8[i0], {instancePath:instancePath+"/rlimits/" + i0,parentData:data8,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate39.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/rlimits",keyword:"type"}); errors++;
}
}
if(data.noNewPrivileges !== undefined){
if(typeof data.noNewPrivileges !== "boolean"){
vErrors = add(vErrors, {instancePath:instancePath+"/noNewPrivileges",keyword:"type"}); errors++;
}
}
if(data.apparmorProfile !== undefined){
if(typeof data.apparmorProfile !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/apparmorProfile",keyword:"type"}); errors++;
}
}
if(data.oomScoreAdj !== undefined){
let data12 = data.oomScoreAdj;
if(!(Number.isInteger(data12))){
vErrors = add(vErrors, {instancePath:instancePath+"/oomScoreAdj",keyword:"type"}); errors++;
}
if(typeof data12 == "number"){
if(data12 > 1000){
vErrors = add(vErrors, {instancePath:instancePath+"/oomScoreAdj",keyword:"maximum"}); errors++;
}
if(data12 < -1000){
vErrors = add(vErrors, {instancePath:instancePath+"/oomScoreAdj",keyword:"minimum"}); errors++;
}
}
}
if(data.scheduler !== undefined){
if(!(validate41(data.scheduler, {instancePath:instancePath+"/scheduler",parentData:data,parentDataProperty:"scheduler",rootData}))){
vErrors = merge(vErrors, validate41.errors);
errors = vErrors.length;
}
}
if(data.selinuxLabel !== undefined){
if(typeof data.selinuxLabel !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/selinuxLabel",keyword:"type"}); errors++;
}
}
if(data.ioPriority !== undefined){
if(!(validate43(data.ioPriority, {instancePath:instancePath+"/ioPriority",parentData:data,parentDataProperty:"ioPriority",rootData}))){
vErrors = merge(vErrors, validate43.errors);
errors = vErrors.length;
}
}
if(data.execCPUAffinity !== undefined){
if(!(validate45(data.execCPUAffinity, {instancePath:instancePath+"/execCPUAffinity",parentData:data,parentDataProperty:"execCPUAffinity",rootData}))){
vErrors = merge(vErrors, validate45.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate189.errors = vErrors;
return errors === 0;
}

export const validateResources = validate199;

function validate199(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema30.properties, key0))){
vErrors = add(vErrors, {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}); errors++;
}
}
if(data.unified !== undefined){
let data0 = data.unified;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
const _errs4 = errors;
if(typeof key1 === "string"){
if(!pattern3.test(key1)){
vErrors = add(vErrors, {instancePath:instancePath+"/unified",keyword:"pattern",propertyName:key1}); errors++;
}
}
var valid1 = _errs4 === errors;
if(!valid1){
vErrors = add(vErrors, {instancePath:instancePath+"/unified",keyword:"propertyNames",params:{propertyName: key1}}); errors++;
}
}
for(const key2 in data0){
if(typeof data0[key2] !== "string"){
vErrors = add(vErrors, {instancePath:instancePath+"/unified/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/unified",keyword:"type"}); errors++;
}
}
if(data.devices !== undefined){
let data2 = data.devices;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate85(data2[i0], {instancePath:instancePath+"/devices/" + i0,parentData:data2,parentDataProperty:i0,rootData}))){
vErrors = merge(vErrors, validate85.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/devices",keyword:"type"}); errors++;
}
}
if(data.memory !== undefined){
if(!(validate87(data.memory, {instancePath:instancePath+"/memory",parentData:data,parentDataProperty:"memory",rootData}))){
vErrors = merge(vErrors, validate87.errors);
errors = vErrors.length;
}
}
if(data.cpu !== undefined){
if(!(validate89(data.cpu, {instancePath:instancePath+"/cpu",parentData:data,parentDataProperty:"cpu",rootData}))){
vErrors = merge(vErrors, validate89.errors);
errors = vErrors.length;
}
}
if(data.pids !== undefined){
if(!(validate91(data.pids, {instancePath:instancePath+"/pids",parentData:data,parentDataProperty:"pids",rootData}))){
vErrors = merge(vErrors, validate91.errors);
errors = vErrors.length;
}
}
if(data.blockIO !== undefined){
if(!(validate93(data.blockIO, {instancePath:instancePath+"/blockIO",parentData:data,parentDataProperty:"blockIO",rootData}))){
vErrors = merge(vErrors, validate93.errors);
errors = vErrors.length;
}
}
if(data.hugepageLimits !== undefined){
let data8 = data.hugepageLimits;
if(Array.isArray(data8)){
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
if(!(validate104(data8[i1], {instancePath:instancePath+"/hugepageLimits/" + i1,parentData:data8,parentDataProperty:i1,rootData}))){
vErrors = merge(vErrors, validate104.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/hugepageLimits",keyword:"type"}); errors++;
}
}
if(data.network !== undefined){
if(!(validate106(data.network, {instancePath:instancePath+"/network",parentData:data,parentDataProperty:"network",rootData}))){
vErrors = merge(vErrors, validate106.errors);
errors = vErrors.length;
}
}
if(data.rdma !== undefined){
let data11 = data.rdma;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key3 in data11){
const _errs21 = errors;
if(typeof key3 === "string"){
if(!pattern3.test(key3)){
vErrors = add(vErrors, {instancePath:instancePath+"/rdma",keyword:"pattern",propertyName:key3}); errors++;
}
}
var valid7 = _errs21 === errors;
if(!valid7){
vErrors = add(vErrors, {instancePath:instancePath+"/rdma",keyword:"propertyNames",params:{propertyName: key3}}); errors++;
}
}
for(const key4 in data11){
if(!(validate110(data11[key4], {instancePath:instancePath+"/rdma/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data11,parentDataProperty:key4,rootData}))){
vErrors = merge(vErrors, validate110.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = add(vErrors, {instancePath:instancePath+"/rdma",keyword:"type"}); errors++;
}
}
}
else {
vErrors = add(vErrors, {instancePath,keyword:"type"}); errors++;
}
validate199.errors = vErrors;
return errors === 0;
}

export const MOST_ERRORS = 2000;
function add(list, error) {
if (list === null) return [error];
if (list.length < (error.keyword === 'additionalProperties' ? 1000 : MOST_ERRORS)) list.push(error);
return list;
}
function merge(list, more) {
if (list === null) return more;
for (const error of more) add(list, error);
return list;
}
