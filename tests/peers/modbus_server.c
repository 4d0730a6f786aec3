/* A Modbus device by libmodbus: 40 coils, 8 inputs that are on and off in turn, 16 registers that hold their own address.
 * modbus_server tcp PORT | modbus_server rtu PATH */
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    int tcp = argc == 3 && !strcmp(argv[1], "tcp"), length, at;
    unsigned char asked[MODBUS_TCP_MAX_ADU_LENGTH];
    if (argc != 3) return 2;
    modbus_t *line = tcp ? modbus_new_tcp("127.0.0.1", atoi(argv[2])) : modbus_new_rtu(argv[2], 19200, 'N', 8, 1);
    modbus_mapping_t *map = modbus_mapping_new(40, 8, 16, 16);
    for (at = 0; at < 8; at++) map->tab_input_bits[at] = at % 2;
    for (at = 0; at < 16; at++) map->tab_registers[at] = map->tab_input_registers[at] = at;
    modbus_set_slave(line, 1);
    if (tcp) {
        int listener = modbus_tcp_listen(line, 1);
        puts("ready"), fflush(stdout);
        modbus_tcp_accept(line, &listener);
    } else {
        if (modbus_connect(line)) return 1;
        puts("ready"), fflush(stdout);
    }
    for (;;) {
        length = modbus_receive(line, asked);
        if (length > 0) modbus_reply(line, asked, length, map);
        else if (length < 0 && tcp) return 0;
    }
}
