module ganlan

go 1.26
