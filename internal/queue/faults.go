package queue

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultWorker = &fault.Def{Code: "WORKER_RUNNING", What: "另一个程序正在处理这个数据文件夹的任务（进程 {pid}）", Do: "无需再启动；要换一个，先停止它",
		WhatEn: "another program works the jobs of this data folder (process {pid})", DoEn: "nothing is needed; stop it first to work them here"}
	FaultMachine = &fault.Def{Code: "JOB_MACHINE_FAILED", What: "任务的一步屡次因程序或机器出错而未完成", Do: "查看日志，排除故障后运行 ganlan job retry；已完成的部分不必重做",
		WhatEn: "a step of the job was tried several times, and the program or the machine failed each time", DoEn: "see the log, put it right and run ganlan job retry; what was done stays done"}
)
