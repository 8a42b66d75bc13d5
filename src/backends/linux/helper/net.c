/*
 * Network interfaces, by rtnetlink. A device that moves into another namespace loses its addresses and is down: they
 * are read before, and set again behind.
 */
#include <fcntl.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "helper.h"

#define MAX_ADDRESSES 64

struct address {
  struct ifaddrmsg head;
  uint32_t size;
  char attributes[128];
};

struct request {
  struct nlmsghdr header;
  union {
    struct ifinfomsg link;
    struct ifaddrmsg address;
    char bytes[512];
  };
};

static int set_interface_up(const char *name) {
  struct ifreq request;
  AUTO_CLOSE int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  memset(&request, 0, sizeof request);
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &request) < 0)
    return -1;
  request.ifr_flags = (short)(request.ifr_flags | IFF_UP);
  return ioctl(fd, SIOCSIFFLAGS, &request);
}

int op_loopback_up(struct run *run, const struct plan_op *op) {
  (void)run;
  (void)op;
  return set_interface_up("lo");
}

static void add_attribute(struct request *request, unsigned short type, const void *value, size_t size) {
  struct rtattr *attribute = (struct rtattr *)(void *)((char *)request + NLMSG_ALIGN(request->header.nlmsg_len));

  attribute->rta_type = type;
  attribute->rta_len = (unsigned short)RTA_LENGTH(size);
  memcpy(RTA_DATA(attribute), value, size);
  request->header.nlmsg_len = (uint32_t)(NLMSG_ALIGN(request->header.nlmsg_len) + RTA_ALIGN(RTA_LENGTH(size)));
}

static struct request new_request(uint16_t type, uint16_t flags, size_t head) {
  struct request request;

  memset(&request, 0, sizeof request);
  request.header.nlmsg_type = type;
  request.header.nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
  request.header.nlmsg_len = (uint32_t)NLMSG_LENGTH(head);
  return request;
}

/* Send, and wait for the kernel's one answer. */
static int transact(int fd, struct request *request) {
  union {
    struct nlmsghdr header;
    char bytes[8192];
  } answer;
  struct nlmsgerr error;
  ssize_t size;

  request->header.nlmsg_flags |= NLM_F_ACK;
  if (send(fd, request, request->header.nlmsg_len, 0) < 0)
    return -1;
  size = recv(fd, &answer, sizeof answer, 0);
  if (size < 0)
    return -1;
  if ((size_t)size < NLMSG_LENGTH(sizeof error) || answer.header.nlmsg_type != NLMSG_ERROR)
    return error_of(EPROTO);
  memcpy(&error, NLMSG_DATA(&answer.header), sizeof error);
  errno = -error.error;
  return error.error == 0 ? 0 : -1;
}

/* Permanent ones; IPv6 link-local addresses come by themselves when the device goes up. */
static bool is_kept(const struct ifaddrmsg *head, uint32_t index) {
  return head->ifa_index == index && (head->ifa_flags & IFA_F_PERMANENT) != 0 &&
         !(head->ifa_family == AF_INET6 && head->ifa_scope == RT_SCOPE_LINK);
}

static int keep_address(struct address *address, const struct nlmsghdr *header) {
  const struct ifaddrmsg *head = NLMSG_DATA(header);
  size_t left = header->nlmsg_len - NLMSG_LENGTH(sizeof *head);

  address->head = *head;
  address->size = 0;
  for (const struct rtattr *at = IFA_RTA(head); RTA_OK(at, left); at = RTA_NEXT(at, left)) {
    size_t size = RTA_ALIGN(at->rta_len);

    if (at->rta_type != IFA_ADDRESS && at->rta_type != IFA_LOCAL && at->rta_type != IFA_BROADCAST)
      continue;
    if (address->size + size > sizeof address->attributes)
      return error_of(EMSGSIZE);
    memcpy(address->attributes + address->size, at, at->rta_len);
    address->size += (uint32_t)size;
  }
  return 0;
}

static int read_addresses(int fd, uint32_t index, struct address list[MAX_ADDRESSES]) {
  struct request request = new_request(RTM_GETADDR, NLM_F_DUMP, sizeof request.address);
  union {
    struct nlmsghdr header;
    char bytes[32768];
  } answer;
  int count = 0;

  if (send(fd, &request, request.header.nlmsg_len, 0) < 0)
    return -1;
  for (;;) {
    ssize_t received = recv(fd, &answer, sizeof answer, 0);
    if (received < 0)
      return -1;
    size_t left = (size_t)received;
    for (struct nlmsghdr *header = &answer.header; NLMSG_OK(header, left); header = NLMSG_NEXT(header, left)) {
      if (header->nlmsg_type == NLMSG_DONE)
        return count;
      if (header->nlmsg_type == NLMSG_ERROR || count == MAX_ADDRESSES)
        return error_of(count == MAX_ADDRESSES ? E2BIG : EPROTO);
      if (header->nlmsg_type != RTM_NEWADDR || !is_kept(NLMSG_DATA(header), index))
        continue;
      if (keep_address(&list[count++], header) < 0)
        return -1;
    }
  }
}

static int move_link(int fd, uint32_t index, int namespace, const char *name) {
  struct request request = new_request(RTM_NEWLINK, 0, sizeof request.link);

  request.link.ifi_index = (int)index;
  request.link.ifi_change = IFF_UP; /* down: one that is up cannot be renamed */
  add_attribute(&request, IFLA_NET_NS_FD, &namespace, sizeof namespace);
  add_attribute(&request, IFLA_IFNAME, name, strlen(name) + 1);
  return transact(fd, &request);
}

static int add_address(int fd, uint32_t index, const struct address *address) {
  struct request request = new_request(RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE, sizeof request.address);

  request.address = address->head;
  request.address.ifa_index = index;
  memcpy((char *)&request + NLMSG_ALIGN(request.header.nlmsg_len), address->attributes, address->size);
  request.header.nlmsg_len += address->size;
  return transact(fd, &request);
}

static int link_up(int fd, uint32_t index) {
  struct request request = new_request(RTM_NEWLINK, 0, sizeof request.link);

  request.link.ifi_index = (int)index;
  request.link.ifi_flags = request.link.ifi_change = IFF_UP;
  return transact(fd, &request);
}

/* An rtnetlink socket belongs to the namespace it was made in; so does what if_nametoindex finds there. */
static int enter(int namespace, int home, const char *name, uint32_t *index) {
  int fd = -1, error;

  if (setns(namespace, CLONE_NEWNET) < 0)
    return -1;
  fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  *index = if_nametoindex(name);
  error = errno;
  if (setns(home, CLONE_NEWNET) < 0)
    _exit(1); /* never go on in a container's namespace */
  if (fd >= 0 && *index == 0)
    close_fd(&fd);
  errno = error;
  return fd;
}

static int restore(int namespace, int home, const char *name, const struct address *list, int count) {
  uint32_t index;
  AUTO_CLOSE int fd = enter(namespace, home, name, &index);

  for (int i = 0; fd >= 0 && i < count; i++) {
    if (add_address(fd, index, &list[i]) < 0)
      return -1;
  }
  return fd < 0 ? -1 : link_up(fd, index);
}

int op_net_device(struct run *run, const struct plan_op *op) {
  const char *name = plan_string(&run->plan, op, 0), *new_name = plan_string(&run->plan, op, 1);
  static struct address list[MAX_ADDRESSES];
  uint32_t index = if_nametoindex(name);
  char path[64];
  int count;

  if (index == 0)
    return -1;
  if (new_name[0] == '\0')
    new_name = name;
  if (strlen(new_name) >= IFNAMSIZ)
    return error_of(ENAMETOOLONG);
  snprintf(path, sizeof path, "%d/ns/net", run->pid);
  AUTO_CLOSE int namespace = openat(run->proc, path, O_RDONLY | O_CLOEXEC);
  AUTO_CLOSE int home = openat(run->proc, "self/ns/net", O_RDONLY | O_CLOEXEC);
  AUTO_CLOSE int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (namespace < 0 || home < 0 || fd < 0)
    return -1;
  count = read_addresses(fd, index, list);
  if (count < 0 || move_link(fd, index, namespace, new_name) < 0)
    return -1;
  return restore(namespace, home, new_name, list, count);
}
