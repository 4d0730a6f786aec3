// Asks a Modbus device with npm modbus-serial, and prints the answers as JSON.
// node modbus_client.js tcp PORT | rtu PATH
const ModbusRTU = require("modbus-serial");

async function main(how, where) {
    const client = new ModbusRTU();
    if (how === "tcp") await client.connectTCP("127.0.0.1", { port: Number(where) });
    else await client.connectRTUBuffered(where, { baudRate: 19200 });
    client.setID(1);
    client.setTimeout(3000);
    const said = [];
    said.push((await client.readHoldingRegisters(7, 4)).data);
    said.push((await client.readInputRegisters(7, 2)).data);
    said.push((await client.readDiscreteInputs(0, 6)).data.slice(0, 6));
    said.push((await client.writeCoil(3, true)).state);
    said.push((await client.writeCoils(0, [true, false, true])).length);
    said.push((await client.readCoils(0, 8)).data.slice(0, 8));
    said.push((await client.writeRegister(8, 4711)).value);
    said.push((await client.writeRegisters(9, [1, 2])).length);
    said.push((await client.readHoldingRegisters(7, 4)).data);
    said.push(await client.readHoldingRegisters(500, 1).catch((error) => error.modbusCode));
    client.close(() => console.log(JSON.stringify(said)));
}

main(...process.argv.slice(2)).catch((error) => {
    console.error(error);
    process.exit(1);
});
