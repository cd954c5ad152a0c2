#include "db/sandbox_guard.h"

#include <sqlite3.h>
#include <stdlib.h>

/* A thin layer over SQLite's own way to files. */
struct sandbox_disk {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	int64_t bytes, limit;
	bool is_full;
	char name[48];
};

struct file {
	sqlite3_file base;
	struct sandbox_disk *disk;
	int64_t bytes;
	sqlite3_file *real; /* stands behind this struct */
};

static sqlite3_file *real_of(sqlite3_file *f)
{
	return ((struct file *)f)->real;
}

static void set_bytes(struct file *f, int64_t bytes)
{
	f->disk->bytes += bytes - f->bytes;
	f->bytes = bytes;
}

static int disk_close(sqlite3_file *f)
{
	set_bytes((struct file *)f, 0);
	return real_of(f)->pMethods->xClose(real_of(f));
}

static int disk_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	return real_of(f)->pMethods->xRead(real_of(f), p, n, at);
}

static int disk_write(sqlite3_file *base, const void *p, int n, sqlite3_int64 at)
{
	struct file *f = (struct file *)base;
	int64_t end = at + n;
	if (end > f->bytes) {
		if (f->disk->limit >= 0 && f->disk->bytes + (end - f->bytes) > f->disk->limit) {
			f->disk->is_full = true;
			return SQLITE_FULL;
		}
		set_bytes(f, end);
	}
	return f->real->pMethods->xWrite(f->real, p, n, at);
}

static int disk_truncate(sqlite3_file *base, sqlite3_int64 bytes)
{
	struct file *f = (struct file *)base;
	if (bytes < f->bytes)
		set_bytes(f, bytes);
	return f->real->pMethods->xTruncate(f->real, bytes);
}

static int disk_sync(sqlite3_file *f, int flags)
{
	return real_of(f)->pMethods->xSync(real_of(f), flags);
}

static int disk_size(sqlite3_file *f, sqlite3_int64 *out)
{
	return real_of(f)->pMethods->xFileSize(real_of(f), out);
}

static int disk_lock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int disk_unlock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int disk_reserved(sqlite3_file *f, int *out)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int disk_control(sqlite3_file *f, int op, void *arg)
{
	return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}

static int disk_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int disk_device(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = disk_close,
    .xRead = disk_read,
    .xWrite = disk_write,
    .xTruncate = disk_truncate,
    .xSync = disk_sync,
    .xFileSize = disk_size,
    .xLock = disk_lock,
    .xUnlock = disk_unlock,
    .xCheckReservedLock = disk_reserved,
    .xFileControl = disk_control,
    .xSectorSize = disk_sector,
    .xDeviceCharacteristics = disk_device,
};

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
	struct sandbox_disk *disk = vfs->pAppData;
	struct file *f = (struct file *)base;
	*f = (struct file){.disk = disk, .real = (sqlite3_file *)(void *)(f + 1)};
	/* Temporary files have no name. Nothing else is opened from here, whatever a statement asks for. */
	if (name)
		return SQLITE_CANTOPEN;
	int rc = disk->real->xOpen(disk->real, name, f->real, flags, out_flags);
	if (rc == SQLITE_OK)
		f->base.pMethods = &methods;
	return rc;
}

struct sandbox_disk *sandbox_disk_new(void)
{
	sqlite3_vfs *real = sqlite3_vfs_find(NULL);
	struct sandbox_disk *disk = calloc(1, sizeof *disk);
	if (!real || !disk) {
		free(disk);
		return NULL;
	}
	disk->real = real;
	disk->limit = -1;
	disk->vfs = *real;
	disk->vfs.iVersion = 2;
	disk->vfs.pNext = NULL;
	disk->vfs.szOsFile = (int)sizeof(struct file) + real->szOsFile;
	disk->vfs.pAppData = disk;
	disk->vfs.xOpen = disk_open;
	(void)sqlite3_snprintf(sizeof disk->name, disk->name, "sandbox-%p", (void *)disk);
	disk->vfs.zName = disk->name;
	if (sqlite3_vfs_register(&disk->vfs, 0) != SQLITE_OK) {
		free(disk);
		return NULL;
	}
	return disk;
}

void sandbox_disk_free(struct sandbox_disk *disk)
{
	if (!disk)
		return;
	(void)sqlite3_vfs_unregister(&disk->vfs);
	free(disk);
}

const char *sandbox_disk_name(const struct sandbox_disk *disk)
{
	return disk->name;
}

void sandbox_disk_allow(struct sandbox_disk *disk, int64_t bytes)
{
	disk->limit = bytes < 0 ? -1 : disk->bytes + bytes;
	disk->is_full = false;
}

bool sandbox_disk_is_full(const struct sandbox_disk *disk)
{
	return disk->is_full;
}
