module colorful

go 1.24
