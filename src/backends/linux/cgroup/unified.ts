/** linux.resources.unified: cgroup v2 files written as they are (config-linux.md, "Unified"). */
import { TsrunError } from '../../../core/errors.ts';
import type { CgroupRecord } from '../../../plan/facts.ts';
import { hasFile, readCgroupFile, writeCgroupFile } from './files.ts';

/** Unknown keys are written too; a key of a controller that is not enabled is an error. */
export function applyUnified(record: CgroupRecord, unified: Readonly<Record<string, string>>): void {
  for (const [file, value] of Object.entries(unified)) {
    const pointer = `/linux/resources/unified/${file.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const dir = record.dirs[''];
    if (record.mode !== 'v2' || dir === undefined) {
      throw new TsrunError(
        'CONFIG_UNSUPPORTED',
        `invalid configuration: cannot set unified resource ${file}: this host does not use cgroup v2`,
        { pointer },
      );
    }
    if (file.includes('/') || !file.includes('.')) {
      throw new TsrunError('CONFIG_INVALID', `unified resource "${file}" must be a file name CONTROLLER.NAME without slashes`, { pointer });
    }
    const controller = file.slice(0, file.indexOf('.'));
    const enabled = readCgroupFile(dir, 'cgroup.controllers')?.split(' ') ?? [];
    if (controller !== 'cgroup' && !enabled.includes(controller) && !hasFile(dir, file)) {
      throw new TsrunError('CONFIG_UNSUPPORTED', `unified resource "${file}" can't be set: controller "${controller}" not available`, {
        pointer,
      });
    }
    // Files such as io.max take one line per write.
    for (const line of value.split('\n')) if (line !== '' || value === '') writeCgroupFile({ dir, file, value: line, pointer });
  }
}
