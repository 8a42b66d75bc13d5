/* Device numbers as Linux and glibc code them in 64 bits. */
#ifndef TSRUN_SYS_SYSMACROS_H
#define TSRUN_SYS_SYSMACROS_H
#define major(device) ((unsigned)(((unsigned long long)(device) >> 32 & 0xfffff000U) | ((unsigned long long)(device) >> 8 & 0xfffU)))
#define minor(device) ((unsigned)(((unsigned long long)(device) >> 12 & 0xffffff00U) | ((unsigned long long)(device) & 0xffU)))
#define makedev(number, unit) \
	(((unsigned long long)(number) & 0xfffff000ULL) << 32 | ((unsigned long long)(number) & 0xfffULL) << 8 | \
		((unsigned long long)(unit) & 0xffffff00ULL) << 12 | ((unsigned long long)(unit) & 0xffULL))
#endif
